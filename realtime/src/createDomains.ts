import type { Database, Writer } from "@darasa/database";
import { createGetBoardTicket } from "./access/getBoardTicket.ts";
import { loadAccess } from "./access/loadAccess.ts";
import { AttendanceRecorder } from "./attendance/attendanceRecorder.ts";
import { MessageFeed } from "./chat/messageFeed.ts";
import { createMessageWriter, type MessageWriter } from "./chat/messageWriter.ts";
import { createReplay } from "./chat/replayMessages.ts";
import { createRoomHistory } from "./chat/roomHistory.ts";
import { createSendMessage } from "./chat/sendMessage.ts";
import { createAllowDrawing } from "./classroom/allowDrawing.ts";
import { createLowerHand, createRaiseHand } from "./classroom/hands.ts";
import { createMuteParticipant } from "./classroom/muteParticipant.ts";
import { createRemoveParticipant } from "./classroom/removeParticipant.ts";
import { createSetPermissions } from "./classroom/setPermissions.ts";
import { countWaitingIn, createWaitingRoom } from "./classroom/waitingRoom.ts";
import { createApplyControl, type ApplyControl } from "./control/applyControl.ts";
import { loadRoomState } from "./control/loadRoomState.ts";
import { createRefreshRoom } from "./control/refreshRoom.ts";
import { createReread, type Reread } from "./control/reread.ts";
import type { Handlers } from "./dispatch/handlers.ts";
import type { Log } from "./log.ts";
import { createPoint } from "./ephemeral/point.ts";
import { createReact } from "./ephemeral/react.ts";
import { createSetTyping } from "./ephemeral/setTyping.ts";
import { getParticipants } from "./presence/getParticipants.ts";
import { createJoinRoom } from "./presence/joinRoom.ts";
import { createDepartures, createLeaveRoom, type Departures } from "./presence/leaveRoom.ts";
import { createSetPresence } from "./presence/setPresence.ts";
import { createPresenceFeed, type PresenceFeed } from "./publish/presenceFeed.ts";
import type { Publisher } from "./publish/publisher.ts";
import { createRoomRegistry, type RoomRegistry } from "./room/roomRegistry.ts";
import type { SessionRegistry } from "./session/sessionRegistry.ts";
import type { SignBoardTicket } from "./session/signBoardTicket.ts";
import { joinMesh, leaveMesh, meshObserver } from "./signalling/mesh.ts";
import { relaySignal } from "./signalling/relaySignal.ts";
import { createSetMedia } from "./signalling/setMedia.ts";
import type { Timings } from "./timings.ts";

/** What the domains are made of. */
export interface DomainParts {
  readonly database: Database;
  readonly writer: Writer;
  readonly publisher: Publisher;
  readonly sessions: SessionRegistry;
  readonly signBoardTicket: SignBoardTicket;
  readonly timings: Timings;
  readonly log: Log;
  readonly now: () => number;
}

/** Everything that means something, wired together. */
export interface Domains {
  readonly handlers: Handlers;
  readonly rooms: RoomRegistry;
  readonly departures: Departures;
  readonly presence: PresenceFeed;
  readonly feed: MessageFeed;
  readonly messages: MessageWriter;
  readonly attendance: AttendanceRecorder;
  readonly apply: ApplyControl;
  readonly reread: Reread;
}

/** Wires the domains: none of them knows another, this file alone knows all. */
export function createDomains(parts: DomainParts): Domains {
  const { database, publisher, sessions, timings, log, now } = parts;
  const rooms = createRoomRegistry();
  const history = createRoomHistory(database);
  const { handMemoryMs, presenceIntervalMs: intervalMs } = timings;
  const presence = createPresenceFeed({ publisher, rooms, intervalMs, now });
  const feed = new MessageFeed({ rooms, publisher, history, log });
  const messages = createMessages(parts, { feed, rooms });
  const attendance = createAttendance(parts, rooms);
  const waitingRoom = createWaitingRoom({ count: countWaitingIn(database), rooms, log });
  const waitingChanged = waitingRoom.changed;
  const observers = [attendance, meshObserver, waitingRoom];
  const departures = createDepartures({ rooms, presence, observers, handMemoryMs });
  const apply = createApplyControl({
    rooms,
    publisher,
    presence,
    depart: (stay) => departures.depart(stay),
    classEnds: (stays) => attendance.classEnds(stays),
    sessionsOf: (participantId) => sessions.of(participantId),
    guestsOf: (liveClassId) => sessions.guestsOf(liveClassId),
    refresh: (room) => reread.one(room),
    waitingChanged,
  });
  const refresh = createRefreshRoom({
    load: (room) => loadRoomState(database, room),
    apply,
    publisher,
    catchUp: (room) => feed.catchUp(room),
    waitingChanged,
  });
  const reread = createReread({ rooms, refresh, log });
  const joinRoom = createJoinRoom({
    loadAccess: (question) => loadAccess(database, question),
    refresh,
    rooms,
    publisher,
    presence,
    history,
    replay: createReplay({ history, log }),
    departures,
    observers,
    now,
  });
  const handlers: Handlers = {
    joinRoom,
    ...createRoomHandlers(parts, { presence, departures, messages }),
  };
  return { handlers, rooms, departures, presence, feed, messages, attendance, apply, reread };
}

function createMessages(
  { writer, log, now }: DomainParts,
  { feed, rooms }: Pick<Domains, "feed" | "rooms">,
): MessageWriter {
  const append = writer.appendChatMessages.bind(writer);
  return createMessageWriter({ append, feed, rooms, log, now });
}

function createAttendance({ writer, log, now }: DomainParts, rooms: RoomRegistry) {
  const record = writer.recordAttendance.bind(writer);
  return new AttendanceRecorder({ record, rooms, log, now });
}

/** One line for each command of a session that is in the command's room. */
function createRoomHandlers(
  { database, publisher, signBoardTicket, now }: DomainParts,
  { presence, departures, messages }: Pick<Domains, "presence" | "departures" | "messages">,
): Omit<Handlers, "joinRoom"> {
  return {
    sendMessage: createSendMessage(messages),
    leaveRoom: createLeaveRoom(departures),
    setPresence: createSetPresence(presence),
    getParticipants,
    setTyping: createSetTyping(publisher),
    react: createReact(publisher),
    point: createPoint(publisher),
    raiseHand: createRaiseHand(presence, now),
    lowerHand: createLowerHand(presence),
    setPermissions: createSetPermissions(database),
    allowDrawing: createAllowDrawing(database),
    muteParticipant: createMuteParticipant(presence),
    removeParticipant: createRemoveParticipant(database),
    joinMesh,
    leaveMesh,
    setMedia: createSetMedia(presence),
    sendSignal: relaySignal,
    getBoardTicket: createGetBoardTicket(database, signBoardTicket),
  };
}
