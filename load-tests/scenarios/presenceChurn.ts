import type { ServerMessage } from "../../realtime/protocol/src/messages.ts";
import type { Participant, ParticipantsAck } from "../../realtime/protocol/src/presence.ts";
import { arrive, onceOr, shareOf, type Place } from "../lib/crowd.ts";
import { lists, startCounters, wrongLists } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** Does everybody see the same people, while many come and go, raise hands and switch tracks on? */
const profile = profileOf("presenceChurn");
export const options = optionsOf("presenceChurn");
export const handleSummary = writeSummary;

const settleMs = 3_000;

export default function presenceChurn(): void {
  startCounters();
  const sessions: Chair[] = [];
  const places = shareOf(profile);
  arrive(places, profile.arriveSeconds, (place) =>
    sessions.push({ place, session: new Session(place, { heard: compare }) }),
  );
  onceOr(
    () => sessions.length === places.length && sessions.every(({ session }) => session.isLive),
    () => churn(sessions),
  );
}

interface Chair {
  readonly place: Place;
  session: Session;
}

function churn(chairs: readonly Chair[]): void {
  const timer = setInterval(() => {
    // A twentieth of all in every tenth of a second does something.
    for (let turn = 0; turn < chairs.length / 20; turn += 1) {
      disturb(chairs[Math.floor(Math.random() * chairs.length)]);
    }
  }, 100);
  setTimeout(() => {
    clearInterval(timer);
    setTimeout(() => compareLists(chairs.map(({ session }) => session)), settleMs);
  }, profile.seconds * 1000);
}

/** The first person of each room stays and watches. */
function disturb(one: Chair | undefined): void {
  if (one === undefined || one.place.seat === 0 || !one.session.isLive) return;
  const dice = Math.random();
  if (dice < 0.3) {
    one.session.close();
    one.session = new Session(one.place, { heard: compare });
  } else if (dice < 0.6) one.session.ask({ type: "raiseHand" });
  else if (dice < 0.8) {
    one.session.ask({ type: "setMedia", microphone: true, camera: dice < 0.7, screen: false });
  } else one.session.ask({ type: "setPresence", context: "board", idle: dice < 0.9 });
}

/** What each has made of the changes is what the server answers when it is asked. */
function compareLists(sessions: readonly Session[]): void {
  for (const session of sessions) {
    if (session.seat.room.members.length <= pageSize) {
      session.ask({ type: "getParticipants", id: "list", after: null });
    }
  }
  onceOr(
    () => waiting(sessions) === 0,
    () => {
      for (const session of sessions) session.close();
    },
  );
}

/** In larger rooms the answer has pages, and a hall's list is not all there is. */
const pageSize = 100;

function compare(message: ServerMessage, session: Session): void {
  if (message.type !== "ack" || message.id !== "list") return;
  const { participants } = message.result as ParticipantsAck;
  compared.add(session);
  lists.add(1);
  if (describe(participants) !== describe([...session.people.values()])) wrongLists.add(1);
}

const compared = new Set<Session>();

function waiting(sessions: readonly Session[]): number {
  return sessions.filter(
    (session) => session.seat.room.members.length <= pageSize && !compared.has(session),
  ).length;
}

function describe(people: readonly Participant[]): string {
  const list = people.map(({ participantId, handRaisedAtMs, media, context, idle }) =>
    [participantId, handRaisedAtMs, media.microphone, media.camera, context, idle].join(" "),
  );
  return list.sort().join("\n");
}
