import * as z from "zod/mini";
import type { Command, CommandType } from "./messages.ts";
import { reactions } from "./ephemeral.ts";
import { presenceContexts, type Hello } from "./presence.ts";
import {
  uuidPattern,
  type BoardId,
  type LiveClassId,
  type ParticipantId,
  type RoomId,
  type SessionId,
} from "./ids.ts";
import { limits } from "./limits.ts";
import { connectionModes, trackKinds } from "./media.ts";
import { connectionQualities } from "./pulse.ts";
import { readHotCommand } from "./readHotCommand.ts";
import { utf8Bytes } from "./utf8.ts";
import type { ErrorCode, Result } from "./errorCodes.ts";

const uuid = <Id extends string>() =>
  z.pipe(
    z.string().check(z.regex(uuidPattern)),
    z.transform((value) => value as Id),
  );

const id = z.string().check(z.minLength(1), z.maxLength(limits.maxCommandIdLength));
const room = uuid<RoomId>();
const participant = uuid<ParticipantId>();
const command = { id, room };
const ephemeral = { id: z.optional(id), room };
const fraction = z.number().check(z.gte(0), z.lte(1));

/** Each at most once. */
const sources = z
  .array(z.enum(trackKinds))
  .check(z.refine((kinds) => new Set(kinds).size === kinds.length));

const signal = z.strictObject({
  generation: z.optional(z.int().check(z.nonnegative())),
  description: z.optional(
    z.strictObject({ type: z.enum(["offer", "answer", "rollback"]), sdp: z.string() }),
  ),
  candidate: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  wantsOffer: z.optional(z.strictObject({ restart: z.boolean() })),
  streams: z.optional(z.record(z.string(), z.enum(["camera", "screen"]))),
});

const body = z.string().check(
  z.refine((value) => value.trim().length > 0),
  z.refine((value) => utf8Bytes(value) <= limits.maxMessageBytes),
);

const commandSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("sendMessage"), ...command, body }),
  z.object({
    type: z.literal("joinRoom"),
    ...command,
    liveClass: z.nullable(uuid<LiveClassId>()),
    since: z.optional(z.int().check(z.nonnegative())),
  }),
  z.object({ type: z.literal("leaveRoom"), ...command }),
  z.object({
    type: z.literal("setPresence"),
    ...command,
    context: z.enum(presenceContexts),
    idle: z.boolean(),
  }),
  z.object({
    type: z.literal("getParticipants"),
    ...command,
    after: z.nullable(participant),
    query: z.optional(z.string().check(z.maxLength(limits.maxNameLength))),
  }),
  z.object({ type: z.literal("setTyping"), ...ephemeral, typing: z.boolean() }),
  z.object({ type: z.literal("react"), ...ephemeral, reaction: z.enum(reactions) }),
  z.object({
    type: z.literal("point"),
    ...ephemeral,
    at: z.nullable(
      z.object({
        target: z.enum(["board", "screen"]),
        x: fraction,
        y: fraction,
        sharedBy: z.optional(participant),
      }),
    ),
  }),
  z.object({
    type: z.literal("reportConnection"),
    ...ephemeral,
    mode: z.enum(connectionModes),
    quality: z.enum(connectionQualities),
    roundTripMs: z.nullable(z.int().check(z.gte(0), z.lte(60_000))),
    lossFraction: z.nullable(fraction),
    isActive: z.boolean(),
  }),
  z.object({ type: z.literal("raiseHand"), ...command }),
  z.object({ type: z.literal("lowerHand"), ...command, participant: z.nullable(participant) }),
  z.object({
    type: z.literal("setPermissions"),
    ...command,
    drawing: z.optional(z.enum(["teachers", "everyone"])),
    chatLocked: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal("allowDrawing"), ...command, participant, allowed: z.boolean() }),
  z.object({
    type: z.literal("muteParticipant"),
    ...command,
    participant: z.nullable(participant),
    track: z.enum(trackKinds),
  }),
  z.object({
    type: z.literal("setStage"),
    ...command,
    presenter: z.optional(z.nullable(participant)),
    spotlight: z.optional(z.nullable(participant)),
    sources: z.optional(sources),
  }),
  z.object({
    type: z.literal("allowSources"),
    ...command,
    participant,
    sources: z.nullable(sources),
  }),
  z.object({
    type: z.literal("askToUnmute"),
    ...command,
    participant,
    track: z.enum(["microphone", "camera"]),
  }),
  z.object({ type: z.literal("removeParticipant"), ...command, participant }),
  z.object({ type: z.literal("joinMesh"), ...command }),
  z.object({ type: z.literal("leaveMesh"), ...command }),
  z.object({
    type: z.literal("setMedia"),
    ...command,
    microphone: z.boolean(),
    camera: z.boolean(),
    screen: z.boolean(),
  }),
  z.object({ type: z.literal("sendSignal"), ...command, to: uuid<SessionId>(), signal }),
  z.object({ type: z.literal("getBoardTicket"), ...command, board: uuid<BoardId>() }),
]);

/** Every type of command that can be read: what a test of all of them goes through. */
export const commandTypes: readonly CommandType[] = commandSchema.def.options.flatMap((option) => [
  ...option.shape.type.def.values,
]);

/** A command, or why not and which command it was, so that the refusal can be told to it (SPEC E2). */
export type DecodedCommand =
  | { readonly ok: true; readonly value: Command }
  | { readonly ok: false; readonly error: ErrorCode; readonly id: string | null };

/** Reads one text frame of a session that has said hello. Never throws. */
export function decodeCommand(frame: string): DecodedCommand {
  const parsed = parseJson(frame);
  const hot = readHotCommand(parsed);
  return hot === null ? decodeBySchema(parsed) : { ok: true, value: hot };
}

/** What `decodeCommand` says of parsed JSON, by the schema alone. Never throws. */
export function decodeBySchema(parsed: unknown): DecodedCommand {
  const decoded = commandSchema.safeParse(parsed);
  if (decoded.success) return { ok: true, value: decoded.data };
  return { ok: false, error: refusal(parsed), id: commandId(parsed) };
}

/** Reads the first frame of a connection (SPEC H1), by hand: everybody sends one. Never throws. */
export function decodeHello(frame: string): Result<Hello> {
  const { type, ticket } = fieldsOf(parseJson(frame));
  const isHello =
    type === "hello" &&
    typeof ticket === "string" &&
    ticket !== "" &&
    ticket.length <= limits.maxHelloBytes;
  return isHello ? { ok: true, value: { type, ticket } } : { ok: false, error: "bad_frame" };
}

function fieldsOf(parsed: unknown): Readonly<Partial<Record<keyof Hello, unknown>>> {
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return undefined;
  }
}

function commandId(parsed: unknown): string | null {
  const found = z.object({ id }).safeParse(parsed);
  return found.success ? found.data.id : null;
}

/** A well-formed message that is only too long deserves a better word than `bad_frame`. */
function refusal(parsed: unknown): ErrorCode {
  const long = z.object({ type: z.literal("sendMessage"), body: z.string() }).safeParse(parsed);
  return long.success && utf8Bytes(long.data.body) > limits.maxMessageBytes
    ? "too_large"
    : "bad_frame";
}
