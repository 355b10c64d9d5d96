import {
  connectionModes,
  connectionQualities,
  participantRoles,
  trackKinds,
  uuidPattern,
} from "@darasa/protocol";
import * as z from "zod";
import type { NodeId, NodeNotice, RoomNotice } from "./nodeBus.ts";

const id = z.string().regex(uuidPattern);
const counter = z.int().min(0);

const message = z.looseObject({
  seq: z.int().min(1),
  messageId: id,
  clientId: z.string(),
  senderId: id,
  senderName: z.string(),
  body: z.string(),
  sentAtMs: z.number(),
});
const event = z.looseObject({ type: z.string(), room: id });

const participant = z.looseObject({
  participantId: id,
  name: z.string(),
  role: z.enum(participantRoles),
  joinedAtMs: z.number(),
  inClass: z.boolean(),
  drawAllowed: z.boolean(),
  handRaisedAtMs: z.number().nullable(),
  media: z.looseObject({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() }),
  context: z.string(),
  idle: z.boolean(),
  sources: z.array(z.enum(trackKinds)).optional(),
});
const part = z.object({
  participant,
  placeSaid: counter,
  handSaid: counter,
  mediaSaid: counter,
  contextSaid: counter,
});
const memory = z.object({
  participantId: id,
  handRaisedAtMs: z.number(),
  handSaid: counter,
  joinedAtMs: z.number(),
});
const pulse = z.object({
  participantId: id,
  mode: z.enum(connectionModes),
  quality: z.enum(connectionQualities),
  roundTripMs: z.number().nullable(),
  lossFraction: z.number().nullable(),
  activeAtMs: z.number(),
});
const seats = z.array(z.object({ sessionId: id, participantId: id, joinedAtMs: z.number() }));

const roomNotice = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("messages"), messages: z.array(message) }),
  z.object({ kind: z.literal("event"), event }),
  z.object({ kind: z.literal("tell"), participantId: id, event }),
  z.object({ kind: z.literal("who"), of: z.string().nullable() }),
  z.object({
    kind: z.literal("delta"),
    previous: counter,
    version: counter,
    present: z.array(part),
    gone: z.array(id),
    memories: z.array(memory),
  }),
  z.object({
    kind: z.literal("slice"),
    version: counter,
    piece: counter,
    isLast: z.boolean(),
    present: z.array(part),
    memories: z.array(memory),
  }),
  z.object({ kind: z.literal("digest"), version: counter, count: counter, seats }),
  z.object({ kind: z.literal("seats"), seats }),
  z.object({ kind: z.literal("signal"), from: id, to: id, signal: z.looseObject({}) }),
  z.object({
    kind: z.literal("mute"),
    participantId: id.nullable(),
    track: z.enum(trackKinds),
    byName: z.string(),
  }),
  z.object({ kind: z.literal("lowerHand"), participantId: id.nullable() }),
  z.object({ kind: z.literal("pulse"), pulse }),
]);

const nodeNotice = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("drawn"),
    draws: z.array(z.object({ who: id, group: z.string(), tokens: z.number().min(0) })),
  }),
  z.object({ kind: z.literal("board"), schoolId: id, boardId: id }),
]);

/**
 * What was said of the room with this id, or null when it has not the shape of a notice, is about another room, or is of
 * a kind that this version does not know. What comes from Redis comes from outside: only what is read here is believed.
 */
export function readRoomNotice(said: unknown, roomId: string): RoomNotice | null {
  const read = roomNotice.safeParse(said);
  if (!read.success) return null;
  const notice = read.data as unknown as RoomNotice;
  const isOfRoom = !("event" in notice) || notice.event.room === roomId;
  return isOfRoom ? notice : null;
}

/** The same of what was said to all nodes. */
export function readNodeNotice(said: unknown): NodeNotice | null {
  const read = nodeNotice.safeParse(said);
  return read.success ? (read.data as unknown as NodeNotice) : null;
}

/** Whether that is how a node calls itself. */
export function isNodeId(text: string): text is NodeId {
  return uuidPattern.test(text);
}
