import type { ParticipantId, RoomId } from "./ids.ts";

/** A chat line as it is stored: `seq` is gap-free per room and starts at 1 (SPEC R1). */
export interface ChatMessage {
  readonly seq: number;
  readonly messageId: string;
  /** The sender's own id for it; with the sender and the room it names the message once (SPEC M2). */
  readonly clientId: string;
  readonly senderId: ParticipantId;
  readonly senderName: string;
  readonly body: string;
  readonly sentAtMs: number;
  /** Only its place is left: body and sender's name are empty (SPEC M6). */
  readonly erased?: true | undefined;
}

/** Acked only after the message is committed (SPEC M1). `id` is the client id. */
export interface SendMessage {
  readonly type: "sendMessage";
  readonly id: string;
  readonly room: RoomId;
  readonly body: string;
}

export interface SendMessageAck {
  readonly seq: number;
  readonly messageId: string;
  readonly sentAtMs: number;
}

export interface ChatMessageEvent extends ChatMessage {
  readonly type: "chatMessage";
  readonly room: RoomId;
}

/** One page of what was missed, in order of `seq`; the last page says `done` (SPEC R4). */
export interface ReplayEvent {
  readonly type: "replay";
  readonly room: RoomId;
  readonly messages: readonly ChatMessage[];
  readonly done: boolean;
}

/** What this person has said in the room is erased (SPEC M6). */
export interface MessagesErasedEvent {
  readonly type: "messagesErased";
  readonly room: RoomId;
  readonly senderId: ParticipantId;
}

/** The newest `seq` of the room, `headIntervalMs` after a message at the latest: how a lost push is found (SPEC R6). */
export interface HeadEvent {
  readonly type: "head";
  readonly room: RoomId;
  readonly seq: number;
}
