import { randomUUID } from "node:crypto";
import {
  decodeServerMessages,
  type CloseReason,
  type LiveClassId,
  type ParticipantId,
  type ParticipantRole,
  type SchoolId,
  type ServerMessage,
  type SessionId,
} from "@darasa/protocol";
import type { Frame, Subscriber } from "../../src/publish/publisher.ts";
import { enter } from "../../src/room/people.ts";
import { newStay, type Room, type Session, type Stay } from "../../src/room/room.ts";

/** A session without a socket that remembers what it was told. */
export interface FakeSession extends Session {
  readonly told: ServerMessage[];
  readonly closedWith: CloseReason[];
  readonly channels: Set<string>;
}

export const schoolId = randomUUID() as SchoolId;

/** A session of somebody; of the same person again when `participantId` is given. */
export function fakeSession(
  identity: {
    participantId?: ParticipantId;
    name?: string;
    signInId?: string;
    guestOf?: LiveClassId;
  } = {},
): FakeSession {
  const told: ServerMessage[] = [];
  const closedWith: CloseReason[] = [];
  const channels = new Set<string>();
  const hear = (frame: Frame) => void told.push(...decodeServerMessages(String(frame)));
  const outbox: Subscriber = {
    send: hear,
    sendSoon: hear,
    ping: () => undefined,
    subscribe: (channel) => void channels.add(channel),
    unsubscribe: (channel) => void channels.delete(channel),
    bufferedBytes: () => 0,
    drained: () => Promise.resolve(),
    close: (reason) => void closedWith.push(reason),
  };
  return {
    sessionId: randomUUID() as SessionId,
    identity: {
      schoolId,
      participantId: identity.participantId ?? (randomUUID() as ParticipantId),
      name: identity.name ?? "Somebody",
      signInId: identity.signInId ?? randomUUID(),
      guestOf: identity.guestOf ?? null,
    },
    outbox,
    stays: new Map(),
    signInDueMs: 0,
    isOpen: true,
    told,
    closedWith,
    channels,
  };
}

/** Puts a session into a room, as part of its class. */
export function fakeStay(
  room: Room,
  session: Session = fakeSession(),
  { role = "student", nowMs = 0 }: { role?: ParticipantRole; nowMs?: number } = {},
): Stay {
  const stay = newStay(session, room, { role, firstSeq: 1, inClass: true });
  enter(stay, { drawAllowed: false, sources: null }, nowMs);
  return stay;
}
