import type { Database, Writer } from "@darasa/database";
import { createGetBoardTicket } from "./access/getBoardTicket.ts";
import type { LoadAccess } from "./access/loadAccess.ts";
import { AttendanceRecorder } from "./attendance/attendanceRecorder.ts";
import { MessageFeed } from "./chat/messageFeed.ts";
import type { BoardServer } from "./board/boardServer.ts";
import { createMessageWriter, type MessageWriter } from "./chat/messageWriter.ts";
import { RecentMessages } from "./chat/recentMessages.ts";
import { createReplay } from "./chat/replayMessages.ts";
import { createRoomHistory } from "./chat/roomHistory.ts";
import { createSendMessage } from "./chat/sendMessage.ts";
import { createAllowDrawing } from "./classroom/allowDrawing.ts";
import { createAllowSources } from "./classroom/allowSources.ts";
import { createAskToUnmute } from "./classroom/askToUnmute.ts";
import { createLowerHand, createRaiseHand } from "./classroom/hands.ts";
import { createMuteParticipant, keepToSources } from "./classroom/muteParticipant.ts";
import { createRemoveParticipant } from "./classroom/removeParticipant.ts";
import { createSetPermissions } from "./classroom/setPermissions.ts";
import { createSetStage } from "./classroom/setStage.ts";
import { countWaitingIn, createWaitingRoom, type WaitingRoom } from "./classroom/waitingRoom.ts";
import { createPresence } from "./createPresence.ts";
import { createApplyControl, type ApplyControl } from "./control/applyControl.ts";
import { loadRoomState } from "./control/loadRoomState.ts";
import { createRefreshRoom, type RefreshRoom } from "./control/refreshRoom.ts";
import { createReread, type Reread } from "./control/reread.ts";
import type { Handlers } from "./dispatch/handlers.ts";
import { hearNodes } from "./hearNodes.ts";
import type { Log } from "./log.ts";
import { createPoint } from "./ephemeral/point.ts";
import { createPulseFeed, type PulseFeed } from "./pulse/pulseFeed.ts";
import { createReact } from "./ephemeral/react.ts";
import { createSetTyping } from "./ephemeral/setTyping.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import { getParticipants } from "./presence/getParticipants.ts";
import { createJoinRoom, type JoinParts } from "./presence/joinRoom.ts";
import { createDepartures, createLeaveRoom, type Departures } from "./presence/leaveRoom.ts";
import type { PresenceNodes } from "./presence/presenceNodes.ts";
import { createSetPresence } from "./presence/setPresence.ts";
import type { PresenceFeed } from "./publish/presenceFeed.ts";
import type { Publisher } from "./publish/publisher.ts";
import { createRoomRegistry, type RoomRegistry } from "./room/roomRegistry.ts";
import { tellParticipant } from "./room/tell.ts";
import type { RateLimiter } from "./session/rateLimit.ts";
import type { SessionRegistry } from "./session/sessionRegistry.ts";
import type { SignBoardTicket } from "./session/signBoardTicket.ts";
import type { Mesh } from "./signalling/mesh.ts";
import { createRelaySignal } from "./signalling/relaySignal.ts";
import { createSetMedia } from "./signalling/setMedia.ts";
import type { Timings } from "./timings.ts";

/** What the domains are made of. */
export interface DomainParts {
  readonly database: Database;
  readonly writer: Writer;
  readonly loadAccess: LoadAccess;
  readonly signInHolds: JoinParts["signInHolds"];
  readonly publisher: Publisher;
  readonly bus: NodeBus;
  readonly limiter: Pick<RateLimiter, "drawnElsewhere">;
  readonly boardServedElsewhere: BoardServer["servedElsewhere"];
  readonly claimBoards: BoardServer["claimAgain"];
  readonly sessions: SessionRegistry;
  readonly signBoardTicket: SignBoardTicket;
  readonly timings: Timings;
  readonly log: Log;
  readonly now: () => number;
  /** Ms since this process started, by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  readonly newId: () => string;
}

/** Everything that means something, wired together. */
export interface Domains {
  readonly handlers: Handlers;
  readonly rooms: RoomRegistry;
  readonly departures: Departures;
  readonly presence: PresenceFeed;
  readonly presenceNodes: PresenceNodes;
  readonly feed: MessageFeed;
  readonly messages: MessageWriter;
  readonly attendance: AttendanceRecorder;
  readonly apply: ApplyControl;
  readonly reread: Reread;
}

/** Wires the domains: none of them knows another, this file alone knows all. */
export function createDomains(parts: DomainParts): Domains {
  const { database, publisher, bus, log, now } = parts;
  const rooms = createRoomRegistry({
    came: (channel) => bus.follow(channel),
    went(channel) {
      bus.leave(channel);
      chat.recent.forget(channel);
    },
  });
  const chat = createChat(parts, rooms);
  const { presence, presenceNodes, mesh, keepHand } = createPresence(parts, rooms);
  const attendance = createAttendance(parts, rooms);
  const waitingRoom = createWaitingRoom({ count: countWaitingIn(database), rooms, log });
  const pulses = createPulses(parts, rooms);
  const observers = [attendance, mesh.observer, waitingRoom, pulses];
  const departures = createDepartures({ rooms, presence, observers, keepHand });
  const needs = { rooms, presence, departures, attendance, chat, waitingRoom };
  const { refresh, ...control } = createControl(parts, needs);
  const joinRoom = createJoinRoom({
    loadAccess: parts.loadAccess,
    signInHolds: parts.signInHolds,
    refresh,
    reach: (room, seq) => chat.feed.reach(room, seq),
    rooms,
    publisher,
    presence,
    history: chat.recent,
    replay: createReplay({ history: chat.recent, log }),
    departures,
    observers,
    now,
  });
  const { feed, messages } = chat;
  const handlers: Handlers = {
    joinRoom,
    ...createRoomHandlers(parts, { rooms, presence, departures, messages, mesh, pulses }),
  };
  hearNodes(parts, { rooms, feed, presenceNodes, pulses });
  return {
    handlers,
    rooms,
    departures,
    presence,
    presenceNodes,
    feed,
    messages,
    attendance,
    ...control,
  };
}

interface Chat extends Pick<Domains, "feed" | "messages"> {
  readonly recent: RecentMessages;
}

function createChat(parts: DomainParts, rooms: RoomRegistry): Chat {
  const { database, publisher, uptimeMs, log } = parts;
  const history = createRoomHistory(database);
  const recent = new RecentMessages({ history, uptimeMs });
  const feed = new MessageFeed({ rooms, publisher, history, recent, log });
  return { recent, feed, messages: createMessages(parts, { feed, rooms }) };
}

interface ControlNeeds extends Pick<Domains, "rooms" | "presence" | "departures" | "attendance"> {
  readonly chat: Chat;
  readonly waitingRoom: WaitingRoom;
}

/** What is changed from outside, and what of that was missed. */
function createControl(
  { database, publisher, sessions, log }: DomainParts,
  { rooms, presence, departures, attendance, chat, waitingRoom }: ControlNeeds,
): Pick<Domains, "apply" | "reread"> & { readonly refresh: RefreshRoom } {
  const apply = createApplyControl({
    rooms,
    publisher,
    presence,
    depart: (stay) => departures.depart(stay),
    classEnds: (stays) => attendance.classEnds(stays),
    sessionsOf: (participantId) => sessions.of(participantId),
    guestsOf: (liveClassId) => sessions.guestsOf(liveClassId),
    forgetRecent: (room) => chat.recent.forget(room.channel),
    keepToSources: (room) => keepToSources(presence, room),
    refresh: (room) => reread.one(room),
    waitingChanged: (room) => waitingRoom.changed(room),
  });
  const refresh = createRefreshRoom({
    load: (room) => loadRoomState(database, room),
    apply,
    publisher,
    catchUp: (room) => chat.feed.catchUp(room),
    waitingChanged: (room) => waitingRoom.changed(room),
  });
  const reread = createReread({ rooms, refresh, forgetRecent: () => chat.recent.forgetAll(), log });
  return { apply, refresh, reread };
}

function createMessages(
  { writer, bus, log, uptimeMs }: DomainParts,
  { feed, rooms }: Pick<Domains, "feed" | "rooms">,
): MessageWriter {
  return createMessageWriter({
    append: (rows) => writer.appendChatMessages(rows),
    appendFree: (rows) => writer.appendFreeChatMessages(rows),
    feed: {
      stored(room, messages) {
        feed.stored(room, messages);
        bus.say(room.channel, { kind: "messages", messages });
      },
      uncertain: (room) => feed.uncertain(room),
    },
    rooms,
    log,
    now: uptimeMs,
  });
}

function createPulses({ bus, timings, now }: DomainParts, rooms: RoomRegistry): PulseFeed {
  return createPulseFeed({ bus, rooms, intervalMs: timings.hallPresenceIntervalMs, now });
}

function createAttendance(
  { writer, log, now, uptimeMs, newId }: DomainParts,
  rooms: RoomRegistry,
): AttendanceRecorder {
  return new AttendanceRecorder({
    record: (rows) => writer.recordAttendance(rows),
    recordBeats: (beats) => writer.recordAttendanceBeats(beats),
    readTime: () => writer.readTime(),
    rooms,
    log,
    now,
    uptimeMs,
    newId,
  });
}

/** One line for each command of a session that is in the command's room. */
function createRoomHandlers(
  { database, publisher, bus, signBoardTicket, timings, now }: DomainParts,
  {
    rooms,
    presence,
    departures,
    messages,
    mesh,
    pulses,
  }: Pick<Domains, "rooms" | "presence" | "departures" | "messages"> & {
    readonly mesh: Mesh;
    readonly pulses: PulseFeed;
  },
): Omit<Handlers, "joinRoom"> {
  return {
    sendMessage: createSendMessage(messages),
    leaveRoom: createLeaveRoom(departures),
    setPresence: createSetPresence(presence),
    getParticipants,
    setTyping: createSetTyping(publisher),
    react: createReact({ publisher, rooms, hallIntervalMs: timings.hallPresenceIntervalMs }),
    point: createPoint(publisher),
    reportConnection: pulses.report,
    raiseHand: createRaiseHand(presence, now),
    lowerHand: createLowerHand(presence, bus),
    setPermissions: createSetPermissions(database),
    allowDrawing: createAllowDrawing(database),
    muteParticipant: createMuteParticipant({ presence, bus, database }),
    setStage: createSetStage(database),
    allowSources: createAllowSources(database),
    askToUnmute: createAskToUnmute((room, participantId, event) => {
      tellParticipant(room, participantId, event);
      bus.say(room.channel, { kind: "tell", participantId, event });
    }),
    removeParticipant: createRemoveParticipant(database),
    joinMesh: mesh.joinMesh,
    leaveMesh: mesh.leaveMesh,
    setMedia: createSetMedia(presence),
    sendSignal: createRelaySignal(bus),
    getBoardTicket: createGetBoardTicket(database, signBoardTicket),
  };
}
