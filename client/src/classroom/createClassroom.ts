import {
  DarasaError,
  type ChatMessage,
  type ConnectionMode,
  type LiveClassId,
  type ParticipantId,
  type RoomId,
} from "@darasa/protocol";
import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { api, type Joined } from "../api/api.ts";
import { ApiProblem } from "../api/ApiProblem.ts";
import { dataOf } from "../api/createApi.ts";
import { createChatReading } from "../chat/createChatReading.ts";
import { makeDraft } from "../chat/draft.ts";
import { createTypingTeller, createTypists } from "../chat/typing.ts";
import { browserEnvironment } from "../connection/browserEnvironment.ts";
import { createConnection, type Connection } from "../connection/createConnection.ts";
import { makeIndexedDbOutboxStore } from "../connection/indexedDbOutboxStore.ts";
import { openOutboxTabs } from "../connection/outboxTabs.ts";
import { choiceForMode } from "../ladder/choiceForMode.ts";
import { countTraffic } from "../ladder/countTraffic.ts";
import { createActivity } from "../ladder/createActivity.ts";
import { createLadder, startLadder } from "../ladder/createLadder.ts";
import { createMedia, type Media } from "../media/createMedia.ts";
import { createPictureInPicture } from "../media/createPictureInPicture.ts";
import type { ProviderKind } from "../media/provider.ts";
import { createRoom, type Room } from "../room/createRoom.ts";
import { isHall, ownRights } from "../room/reduceRoom.ts";
import type { Classroom } from "./ClassroomContext.tsx";
import { createAnnouncer } from "./news/createAnnouncer.ts";
import { createFocusPlaces } from "./keyboard/createFocusPlaces.ts";
import type { WayIn } from "./entry/wayIn.ts";
import { createHand } from "./actions/createHand.ts";
import { createTeachersTeller } from "./presence/createTeachersTeller.ts";
import { followInput } from "./presence/followInput.ts";
import { createPointers } from "./pointer/createPointers.ts";
import { createReactions } from "./reactions/createReactions.ts";
import { createEngineFollower } from "./video/createEngineFollower.ts";
import { createView } from "./view/createView.ts";
import { openWaitingRoom } from "./waitingRoom/openWaitingRoom.ts";

const earlierPageSize = 50;

/** The parts of a classroom that need no words: connected, with media as chosen. Lives as long as its owner. */
export function createClassroom(
  joined: Joined,
  name: string,
  wayIn: WayIn,
): Omit<Classroom, "attempt" | "leave" | "end"> {
  const traffic = countTraffic();
  const environment = browserEnvironment(joined.gateway.url, traffic.Socket);
  const startedLadder = startLadder(joined.liveClass.id as LiveClassId);
  const connection = createConnection({ getTicket: getGatewayTicket, environment });
  const me = { participantId: joined.participantId as ParticipantId, name };
  const room = makeRoom(joined, { connection, me, environment });
  const media = makeMedia(joined, room, limitToMode(wayIn, startedLadder.mode));
  const view = createView(() => media.state.provider !== "none");
  const [liveClass, setLiveClass] = createSignal(joined.liveClass);
  onCleanup(() => room.close());

  const classroom = {
    joined,
    liveClass,
    setLiveClass,
    me,
    room,
    waitingRoom: openWaitingRoom(joined, room, environment),
    media,
    traffic,
    pictureInPicture: createPictureInPicture(),
    view,
    reading: createChatReading(room.state, () => view.isInView("chat")),
    draft: makeDraft(me.participantId, joined.room.id as RoomId, tabStorage()),
    hand: createHand(room),
    reactions: createReactions(room, environment),
    pointers: createPointers(room, environment),
    typists: createTypists(room, environment),
    typing: createTypingTeller(tellTyping(room), environment),
    announcer: createAnnouncer(environment),
    focusPlaces: createFocusPlaces(),
    nowMs: createTicking(connection.serverNowMs),
  };
  followInput(classroom, environment);
  const ladder = createLadder(startedLadder, {
    room,
    media,
    activity: createActivity(classroom),
    traffic,
    liveClassId: joined.liveClass.id as LiveClassId,
    environment,
  });
  connection.start();
  return { ...classroom, ladder };
}

function makeRoom(
  joined: Joined,
  parts: {
    readonly connection: Connection;
    readonly me: Classroom["me"];
    readonly environment: ReturnType<typeof browserEnvironment>;
  },
): Room {
  const roomId = joined.room.id as RoomId;
  return createRoom({
    connection: parts.connection,
    roomId,
    liveClassId: joined.liveClass.id as LiveClassId,
    me: { ...parts.me, role: joined.role },
    outboxStore: makeIndexedDbOutboxStore(parts.me.participantId, roomId),
    outboxTabs: openOutboxTabs(parts.me.participantId, roomId, parts.environment),
    loadMessages: (beforeSeq) => loadMessages(joined.room.id, beforeSeq),
    environment: parts.environment,
  });
}

function makeMedia(joined: Joined, room: Room, wayIn: WayIn): Media {
  const media = createMedia({
    video: joined.video,
    port: room.signalling,
    ...wayIn,
    renew: (provider) => requestVideo(joined, provider),
  });
  createTeachersTeller(room, media);
  createEngineFollower(room, media);
  limitToRights(room, media);
  return media;
}

function limitToMode(wayIn: WayIn, mode: ConnectionMode): WayIn {
  return { ...wayIn, choice: choiceForMode(wayIn.choice, mode) };
}

/** In a hall nobody would be told (SPEC P11). */
function tellTyping(room: Room): (isTyping: boolean) => void {
  return (isTyping) => {
    if (!isHall(room.state())) room.commands.setTyping(isTyping);
  };
}

/** What the class forbids goes off, and cannot be switched on. */
function limitToRights(room: Room, media: Media): void {
  createEffect(
    on(
      () => ownRights(room.state()).send.join(),
      () => media.limitTo(ownRights(room.state()).send),
    ),
  );
}

async function loadMessages(id: string, before: number): Promise<readonly ChatMessage[]> {
  const { messages } = await dataOf(
    api.GET("/api/rooms/{id}/messages", {
      params: { path: { id }, query: { before, limit: earlierPageSize } },
    }),
  );
  // The API's ids are plain strings; they are the protocol's.
  return messages as unknown as readonly ChatMessage[];
}

/** What the class's engine needs, with a fresh token. @throws DarasaError; `unavailable` while the API cannot be reached */
async function requestVideo(
  { liveClass }: Joined,
  provider: ProviderKind,
): Promise<Joined["video"]> {
  try {
    const params = { path: { id: liveClass.id } };
    const body = { provider };
    return await dataOf(api.POST("/api/live-classes/{id}/video-token", { params, body }));
  } catch (error) {
    const code = error instanceof ApiProblem && error.code !== "unreachable" ? error.code : null;
    throw new DarasaError(code ?? "unavailable", { cause: error });
  }
}

/** A ticket for the gateway; a problem that the API names ends the connection if it is final. */
async function getGatewayTicket(): Promise<string> {
  try {
    const body = { audience: "gateway" } as const;
    return (await dataOf(api.POST("/api/realtime/ticket", { body }))).ticket;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code === "unreachable") throw error;
    throw new DarasaError(error.code, { cause: error });
  }
}

/** `read` as a signal that goes on once a second. */
function createTicking(read: () => number): Accessor<number> {
  const [nowMs, setNowMs] = createSignal(read());
  const timer = setInterval(() => setNowMs(read()), 1_000);
  onCleanup(() => clearInterval(timer));
  return nowMs;
}

function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
