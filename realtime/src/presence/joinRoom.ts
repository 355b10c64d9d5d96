import {
  closeReasons,
  limits,
  type ChatMessage,
  type JoinRoom,
  type JoinRoomAck,
  type Result,
} from "@darasa/protocol";
import type { Access } from "../access/judgeAccess.ts";
import type { AccessQuestion } from "../access/loadAccess.ts";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import type { Publisher } from "../publish/publisher.ts";
import { Encoded, refuse, type Answer } from "../room/answer.ts";
import { goLive } from "../room/goLive.ts";
import { encodeListed } from "../room/hall.ts";
import type { Replay, RoomHistory, SeqRange } from "../room/history.ts";
import { enter } from "../room/people.ts";
import { type Room, type Session, type Stay, newStay, permissionsOf } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import type { Departures } from "./leaveRoom.ts";
import { Pause } from "./pause.ts";
import { createTurns } from "./turns.ts";

/** What a join works with. */
export interface JoinParts {
  readonly loadAccess: (question: AccessQuestion) => Promise<Result<Access>>;
  /** Brings the room up to what the database says: its class, who may what in it, its messages. */
  readonly refresh: (room: Room) => Promise<void>;
  /** Has the messages through `seq`, which is stored, pushed; false when that failed for now. */
  readonly reach: (room: Room, seq: number) => Promise<boolean>;
  readonly rooms: RoomRegistry;
  readonly publisher: Publisher;
  readonly presence: PresenceFeed;
  readonly history: RoomHistory;
  readonly replay: Replay;
  readonly departures: Departures;
  readonly observers: readonly StayObserver[];
  /** The database has just said that the session's sign-in holds for so long yet. */
  readonly signInHolds: (session: Session, endsInMs: number) => void;
  readonly now: () => number;
}

/** What was read for a join, before it changed anything. */
interface Opening {
  readonly access: Access;
  readonly range: SeqRange;
  /** The newest, or the first page of what was missed. */
  readonly messages: readonly ChatMessage[];
}

/** Lets a session into a room: the room as it is, what was missed, then events (SPEC R2 to R5). */
export function createJoinRoom(parts: JoinParts) {
  const inTurn = createTurns();
  const refresh = onePerRoom(parts.refresh);
  return (session: Session, command: JoinRoom): Promise<Answer<JoinRoomAck>> =>
    inTurn(session, command.room, () => join({ ...parts, refresh }, session, command));
}

async function join(
  parts: JoinParts,
  session: Session,
  command: JoinRoom,
): Promise<Answer<JoinRoomAck>> {
  const isNew = !session.stays.has(command.room);
  if (isNew && session.stays.size >= limits.maxRoomsPerSession) return refuse("conflict");
  const room = parts.rooms.hold(session.identity.schoolId, command.room);
  const pause = new Pause(parts.publisher, session, room);
  try {
    const opening = await read(parts, { session, command, room, pause });
    if (!opening.ok) {
      if (opening.error === "unauthenticated") session.outbox.close(closeReasons.unauthenticated);
      return opening;
    }
    if (!session.isOpen) return refuse("not_found");
    return admit(parts, { session, command, room, pause }, opening.value);
  } finally {
    pause.undo();
    parts.rooms.release(room);
  }
}

interface Joining {
  readonly session: Session;
  readonly command: JoinRoom;
  readonly room: Room;
  readonly pause: Pause;
}

/** Every turn means that something changed while it was read: more than a few in a row are a fault. */
const maxTurns = 8;

/** Reads until nothing changed meanwhile: what a removal or a lock overtook is read again. */
async function read(parts: JoinParts, joining: Joining): Promise<Result<Opening>> {
  const { session, command, room, pause } = joining;
  for (let turn = 0; turn < maxTurns; turn += 1) {
    const { changes } = room;
    const found = await parts.loadAccess({
      ...session.identity,
      roomId: command.room,
      liveClassId: command.liveClass,
    });
    if (!found.ok) return found;
    const access = found.value;
    if (access.name === session.identity.name) parts.signInHolds(session, access.signInEndsInMs);
    if (!isKnown(room, access)) {
      await parts.refresh(room);
      continue;
    }
    // Messages that are ahead of what was pushed change nothing of what was read: nobody begins anew for them.
    if (!(await reach(parts, room, access.headSeq))) return { ok: false, error: "unavailable" };
    const fromSeq = Math.max((command.since ?? 0) + 1, access.firstSeq);
    pause.begin();
    const range = { fromSeq, throughSeq: room.publishedSeq ?? access.headSeq };
    const messages = await load(parts.history, joining, range);
    if (room.changes === changes) return { ok: true, value: { access, range, messages } };
  }
  return { ok: false, error: "busy" };
}

/** True when the room's class is what the database says. */
function isKnown(room: Room, access: Access): boolean {
  if (room.publishedSeq === null) {
    // Nobody is here yet who would have to be told of it.
    room.liveClass ??= access.running;
    room.publishedSeq = access.headSeq;
  }
  return room.liveClass?.liveClassId === access.running?.liveClassId;
}

/** One at a time for each room: who comes while it runs waits for the same, and reads again in any case. */
function onePerRoom(refresh: JoinParts["refresh"]): JoinParts["refresh"] {
  const running = new Map<Room, Promise<void>>();
  return (room) => {
    const known = running.get(room);
    if (known !== undefined) return known;
    const run = refresh(room).finally(() => running.delete(room));
    running.set(room, run);
    return run;
  };
}

/** What is stored was most often pushed as well. */
function reach(parts: JoinParts, room: Room, seq: number): boolean | Promise<boolean> {
  return (room.publishedSeq ?? 0) >= seq || parts.reach(room, seq);
}

function load(
  history: RoomHistory,
  { command, room }: Joining,
  range: SeqRange,
): readonly ChatMessage[] | Promise<ChatMessage[]> {
  if (range.fromSeq > range.throughSeq) return [];
  return command.since === undefined
    ? history.loadRecent(room, range)
    : history.loadPage(room, range);
}

/** The rest is one tick: what the ack says, and where events go on, belong together. */
function admit(parts: JoinParts, joining: Joining, opening: Opening): Answer<JoinRoomAck> {
  const { command, room, pause } = joining;
  const { access, range, messages } = opening;
  const backlog = pause.end();
  const stay = stayFor(parts, joining, access);
  stay.backlog = backlog;
  const value = encodeAck(room, {
    role: stay.role,
    headSeq: range.throughSeq,
    firstSeq: stay.firstSeq,
    permissions: permissionsOf(room),
    stage: room.liveClass?.stage ?? null,
    count: room.people.size,
    recent: command.since === undefined ? messages : [],
  });
  const after = (): void => {
    if (stay.backlog !== backlog) return;
    if (command.since === undefined) goLive(stay);
    else void parts.replay(stay, { ...range, firstPage: messages });
  };
  return { ok: true, value, after };
}

/** All but those who are present is short: they are encoded once for all who join. */
function encodeAck(room: Room, rest: Omit<JoinRoomAck, "participants">): Encoded<JoinRoomAck> {
  const open = JSON.stringify(rest).slice(0, -1);
  return new Encoded(`${open},"participants":${encodeListed(room)}}`);
}

/** The stay of the session, new unless it is in the room in the same way already: video goes on then. */
function stayFor(parts: JoinParts, { session, room }: Joining, access: Access): Stay {
  const former = session.stays.get(room.roomId);
  if (former?.inClass === access.inClass && former.role === access.role) return former;
  const stay = newStay(session, room, access);
  parts.rooms.hold(room.schoolId, room.roomId);
  enter(stay, access, parts.now());
  if (former !== undefined) parts.departures.depart(former);
  for (const observer of parts.observers) observer.entered(stay);
  parts.presence.changed(room, session.identity.participantId);
  return stay;
}
