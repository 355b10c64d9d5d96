import type {
  BoardId,
  ChatMessage,
  LiveClassId,
  ParticipantId,
  ParticipantRole,
  RoomEvent,
  RoomId,
  SendMessageAck,
} from "@darasa/protocol";
import type { Accessor } from "solid-js";
import type { ListenToBoard } from "../board/boardState.ts";
import { CommandFailure } from "../connection/commandFailure.ts";
import type { Connection } from "../connection/createConnection.ts";
import type { Environment } from "../connection/environment.ts";
import { createListeners } from "../connection/listeners.ts";
import { createOutbox, type Outbox } from "../connection/outbox.ts";
import type { OutboxTabs } from "../connection/outboxTabs.ts";
import type { OutboxStore, StoredOutboxMessage } from "../connection/outboxStore.ts";
import type { SignallingPort } from "../media/signallingPort.ts";
import { createSignallingPort } from "./createSignallingPort.ts";
import { firstLoadedSeq } from "./reduceChat.ts";
import { initialRoom, type RoomState } from "./reduceRoom.ts";
import { makeRoomCommands, type RoomCommands } from "./roomCommands.ts";
import { RoomSession } from "./roomSession.ts";

/** One room over one connection: its state, one's own outbox, and what one can do in it. */
export interface Room {
  readonly state: Accessor<RoomState>;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly commands: RoomCommands;
  readonly signalling: SignallingPort;
  readonly onBoardEvent: ListenToBoard;
  /** Every event of the room, told when the state already shows it; the returned function ends it. */
  readonly onEvent: (listen: (event: RoomEvent) => void) => () => void;
  /** Told after every join, also one that only fills a gap; the returned function ends it. */
  readonly onJoined: (listen: () => void) => () => void;
  /** A fresh one-time ticket for a board of this room. @throws CommandFailure as rejection */
  readonly getBoardTicket: (board: BoardId) => Promise<string>;
  /** Adds the page of messages before the first one shown. @throws what `loadMessages` throws, as rejection */
  readonly loadEarlier: () => Promise<void>;
  /** Leaves the room and closes the connection. */
  readonly close: () => void;
}

export interface RoomOptions {
  readonly connection: Connection;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
  readonly me: {
    readonly participantId: ParticipantId;
    readonly name: string;
    readonly role: ParticipantRole;
  };
  readonly outboxStore: OutboxStore;
  /** The person's other pages in this browser; none unless given. */
  readonly outboxTabs?: OutboxTabs | undefined;
  /** The messages just before that `seq`, in order. */
  readonly loadMessages: (beforeSeq: number) => Promise<readonly ChatMessage[]>;
  readonly environment: Pick<Environment, "after" | "random" | "now" | "newId">;
}

/** A room that is joined whenever `connection` is open; starting that is the caller's. The caller closes it. */
export function createRoom(options: RoomOptions): Room {
  const { connection, roomId: room, liveClassId, me, environment } = options;
  const initial = initialRoom(me.participantId, me.role);
  const session = new RoomSession({ connection, roomId: room, liveClassId, initial, environment });
  const outbox = createOutbox({
    store: options.outboxStore,
    tabs: options.outboxTabs,
    // What waits is shown among what the server dated.
    environment: { ...environment, now: connection.serverNowMs },
    send: ({ clientId, body }) =>
      connection.send({ type: "sendMessage", room, body }, { id: clientId }),
    sent: (message, ack) =>
      session.dispatch({ type: "stored", message: storedMessage(me, message, ack) }),
  });
  session.presenceInRoom.listen((change) => outbox.setReady(change === "joined"));
  session.events.listen((event) => confirmOwn(event, me.participantId, outbox));

  return {
    state: session.state,
    connection,
    outbox,
    commands: makeRoomCommands(connection, room),
    signalling: createSignallingPort(connection, session, room),
    onBoardEvent: boardEventsOf(session),
    onEvent: session.events.listen,
    onJoined: (listen) =>
      session.presenceInRoom.listen((change) => {
        if (change === "joined") listen();
      }),
    getBoardTicket: async (board) => {
      // Asked for before the room is joined again it would be refused for good (SPEC D3).
      if (session.state().status.name !== "joined") throw new CommandFailure("disconnected");
      return (await connection.send({ type: "getBoardTicket", room, board })).ticket;
    },
    loadEarlier: async () => {
      const messages = await options.loadMessages(firstLoadedSeq(session.state().chat));
      session.dispatch({ type: "earlier", messages });
    },
    close: () => {
      outbox.close();
      session.close();
      connection.close();
    },
  };
}

function storedMessage(
  me: RoomOptions["me"],
  { clientId, body }: StoredOutboxMessage,
  { seq, messageId, sentAtMs }: SendMessageAck,
): ChatMessage {
  const sender = { senderId: me.participantId, senderName: me.name };
  return { seq, messageId, clientId, ...sender, body, sentAtMs };
}

/** What another window of this person sent, or a replay brought, needs no sending any more. */
function confirmOwn(event: RoomEvent, me: ParticipantId, outbox: Outbox): void {
  const messages =
    event.type === "chatMessage" ? [event] : event.type === "replay" ? event.messages : [];
  for (const message of messages) if (message.senderId === me) outbox.confirm(message.clientId);
}

function boardEventsOf(session: RoomSession): ListenToBoard {
  const boardEvents = createListeners<Parameters<Parameters<ListenToBoard>[0]>[0]>();
  session.events.listen((event) => {
    if (
      event.type === "boardStored" ||
      event.type === "boardRights" ||
      event.type === "boardRefused"
    ) {
      boardEvents.tell(event);
    }
  });
  return boardEvents.listen;
}
