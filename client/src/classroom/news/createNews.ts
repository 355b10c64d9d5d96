import type { RoomEvent, UnmuteAskedEvent } from "@darasa/protocol";
import { createEffect, on, onCleanup } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { providerName } from "../../media/providerWords.ts";
import type { ToastRequest } from "../../ui/createToasts.ts";
import { useToasts } from "../../ui/Toasts.tsx";
import { chime } from "./chime.ts";
import type { Classroom } from "../ClassroomContext.tsx";
import { roomNews, type RoomNews } from "./roomNews.ts";

/** People who come within this time are told together. */
const gatherMs = 1_500;
const namesTold = 3;
const excerptLength = 120;

/**
 * Tells what happens in the room: as toasts what changes what one can do, to screen readers also who comes,
 * goes and writes. Lives as long as its owner.
 */
export function createNews(classroom: Classroom): void {
  const { room, media } = classroom;
  const gathered = createGatherer(classroom);
  const tell = createTeller(classroom, gathered);
  const ask = createUnmuteAsker(classroom);

  createEffect(
    on(room.state, (next, before) => {
      if (before !== undefined) roomNews(before, next).forEach(tell);
    }),
  );
  onCleanup(
    room.onEvent((event: RoomEvent) => {
      if (event.type === "muted") media.forceOff(event.track, event.byName);
      if (event.type === "unmuteAsked") ask(event);
      if (event.type === "chatMessage" && event.senderId !== room.state().me) {
        gathered.message(event.senderName, event.body);
      }
    }),
  );
}

/** The teacher asks, and one press does it: nobody's microphone is opened for them. */
function createUnmuteAsker({ media }: Classroom): (event: UnmuteAskedEvent) => void {
  const { t } = useI18n();
  const standing = createStanding();
  return ({ track, byName }) => {
    if (media.state.local[track].state !== "off") return;
    const switchOn = track === "microphone" ? media.toggleMicrophone : media.toggleCamera;
    standing.show(track, {
      text: t(`classroom.news.unmuteAsked.${track}`, { name: byName }),
      action: { label: t("classroom.news.switchOn"), onSelect: () => switchOn() },
      assertive: true,
      stays: true,
    });
  };
}

type Tellers = {
  readonly [Kind in RoomNews["kind"]]: (news: Extract<RoomNews, { kind: Kind }>) => void;
};

function createTeller(classroom: Classroom, gathered: Gatherer): (news: RoomNews) => void {
  const { view } = classroom;
  const { t } = useI18n();
  const isTeacher = () => classroom.room.state().role === "teacher";
  const standing = createStanding();
  /** Teachers know what they did; the class is told. */
  const toClass = (tone: ToastRequest["tone"]) => (news: { kind: RoomNews["kind"] }) => {
    if (!isTeacher()) standing.show(topicOf(news.kind), { text: t(newsKey(news.kind)), tone });
  };
  const [better, other] = [toClass("success"), toClass("info")];

  const tellers: Tellers = {
    came: ({ names }) => gathered.people("came", names),
    went: ({ names }) => gathered.people("went", names),
    handRaised: ({ name }) => {
      if (!isTeacher()) return;
      chime(Date.now());
      const action = { label: t("classroom.showPeople"), onSelect: () => view.show("people") };
      standing.show(name, { text: t("classroom.news.handRaised", { name }), action });
    },
    ownHandLowered: ({ kind }) => {
      if (!classroom.hand.isLoweredByMe()) standing.show("hand", { text: t(newsKey(kind)) });
    },
    drawingOpened: better,
    drawingAllowed: better,
    chatUnlocked: better,
    drawingClosed: other,
    drawingDisallowed: other,
    chatLocked: other,
    presenting: better,
    presentingEnded: other,
    videoChanged: ({ kind, provider }) => {
      const name = t(providerName({ provider, isOwn: false }));
      standing.show("video", { text: t(newsKey(kind), { name }) });
    },
  };
  // The table gives every kind of news the function that takes it.
  return (news) => (tellers[news.kind] as (news: RoomNews) => void)(news);
}

function newsKey<Kind extends RoomNews["kind"]>(kind: Kind): `classroom.news.${Kind}` {
  return `classroom.news.${kind}`;
}

function topicOf(kind: RoomNews["kind"]): "chat" | "board" | "stage" {
  if (kind.startsWith("presenting")) return "stage";
  return kind.startsWith("chat") ? "chat" : "board";
}

/** News of one topic takes the place of older news of it, and none outlives the class. */
function createStanding() {
  const toasts = useToasts();
  const standing = new Map<string, number>();
  onCleanup(() => standing.forEach((id) => toasts.dismiss(id)));
  return {
    show: (topic: string, toast: ToastRequest) => {
      const before = standing.get(topic);
      if (before !== undefined) toasts.dismiss(before);
      standing.set(topic, toasts.show(toast));
    },
  };
}

interface Gatherer {
  readonly people: (kind: "came" | "went", names: readonly string[]) => void;
  readonly message: (name: string, text: string) => void;
}

/** Says together what comes together: a class of forty that enters is one sentence. */
function createGatherer({ announcer }: Classroom): Gatherer {
  const { t } = useI18n();
  let came: string[] = [];
  let went: string[] = [];
  let messages: { name: string; text: string }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tellPeople(key: "classroom.news.came" | "classroom.news.went", names: string[]): void {
    if (names.length === 0) return;
    const others = names.length - namesTold;
    const told = names.slice(0, namesTold).join(", ");
    const more = others > 0 ? ` ${t("classroom.news.andOthers", { count: others })}` : "";
    announcer.say(t(key, { names: `${told}${more}` }));
  }

  function speak(): void {
    timer = undefined;
    tellPeople("classroom.news.came", came);
    tellPeople("classroom.news.went", went);
    const [only] = messages;
    if (messages.length === 1 && only !== undefined) {
      const text = only.text.slice(0, excerptLength);
      announcer.say(t("chat.announce", { name: only.name, text }));
    } else if (messages.length > 1) {
      announcer.say(t("chat.announceMany", { count: messages.length }));
    }
    [came, went, messages] = [[], [], []];
  }

  const soon = (): void => {
    timer ??= setTimeout(speak, gatherMs);
  };
  onCleanup(() => clearTimeout(timer));
  return {
    people: (kind, names) => {
      (kind === "came" ? came : went).push(...names);
      soon();
    },
    message: (name, text) => {
      messages.push({ name, text });
      soon();
    },
  };
}
