import type {
  ChatMessage,
  JoinRoomAck,
  LiveClassId,
  Participant,
  ParticipantId,
  RoomId,
} from "@darasa/protocol";

/** The `n`-th of a row of ids. */
export function makeId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

export const roomId = makeId(900) as RoomId;
export const liveClassId = makeId(901) as LiveClassId;
export const me = makeId(1) as ParticipantId;
export const amina = makeId(2) as ParticipantId;

/** The message that the server would hold at `seq`. */
export function makeMessage(seq: number, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    seq,
    messageId: makeId(10_000 + seq),
    clientId: `c-${seq}`,
    senderId: amina,
    senderName: "Amina Juma",
    body: `message ${seq}`,
    sentAtMs: 1_000 + seq,
    ...change,
  };
}

/** Messages `from` … `to`. */
export function makeMessages(from: number, to: number): ChatMessage[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) =>
    makeMessage(from + index),
  );
}

export function makeParticipant(
  participantId: ParticipantId,
  change: Partial<Participant> = {},
): Participant {
  return {
    participantId,
    name: "Neema Kimaro",
    role: "student",
    joinedAtMs: 1_000,
    inClass: true,
    drawAllowed: false,
    handRaisedAtMs: null,
    context: "class",
    idle: false,
    media: { microphone: false, camera: false, screen: false },
    ...change,
  };
}

export function makeJoinAck(change: Partial<JoinRoomAck> = {}): JoinRoomAck {
  return {
    role: "student",
    headSeq: 0,
    firstSeq: 1,
    permissions: { drawing: "teachers", chatLocked: false },
    stage: null,
    participants: [makeParticipant(me)],
    count: 1,
    recent: [],
    ...change,
  };
}
