import type { SendMessage } from "./chat.ts";
import { reactions, type EphemeralCommand, type PointedAt, type Reaction } from "./ephemeral.ts";
import { isUuid, type LiveClassId, type ParticipantId, type RoomId } from "./ids.ts";
import { limits } from "./limits.ts";
import type { JoinRoom } from "./presence.ts";
import { utf8Bytes } from "./utf8.ts";

/** What comes most: what is said, what passes, and, when all come at once, their joins. */
type HotCommand = SendMessage | EphemeralCommand | JoinRoom;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the commands that come most, a tenth of the time that the schema takes. Null for all others, and for what
 * is not quite as it should be: what to make of that is the schema's to say. Where this reads something, the schema
 * reads the same.
 */
export function readHotCommand(parsed: unknown): HotCommand | null {
  if (typeof parsed !== "object" || parsed === null) return null;
  const fields = parsed as Fields;
  const { type, room } = fields;
  if (typeof room !== "string" || !isUuid(room)) return null;
  switch (type) {
    case "point":
      return readPoint(fields, room as RoomId);
    case "sendMessage":
      return readSendMessage(fields, room as RoomId);
    case "joinRoom":
      return readJoinRoom(fields, room as RoomId);
    case "react":
      return readReact(fields, room as RoomId);
    case "setTyping":
      return readSetTyping(fields, room as RoomId);
    default:
      return null;
  }
}

function isId(id: unknown): id is string {
  return typeof id === "string" && id.length > 0 && id.length <= limits.maxCommandIdLength;
}

/** What is not acked has none (SPEC D5). */
function isIdOrNone(id: unknown): id is string | undefined {
  return id === undefined || isId(id);
}

function readSendMessage({ id, body }: Fields, room: RoomId): SendMessage | null {
  if (!isId(id) || typeof body !== "string") return null;
  if (body.trim() === "" || utf8Bytes(body) > limits.maxMessageBytes) return null;
  return { type: "sendMessage", id, room, body };
}

function readJoinRoom({ id, liveClass, since }: Fields, room: RoomId): JoinRoom | null {
  if (!isId(id) || !(since === undefined || isSeq(since))) return null;
  if (liveClass !== null && !(typeof liveClass === "string" && isUuid(liveClass))) return null;
  return { type: "joinRoom", id, room, liveClass: liveClass as LiveClassId | null, since };
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function readReact({ id, reaction }: Fields, room: RoomId): EphemeralCommand | null {
  if (!isIdOrNone(id) || !reactions.includes(reaction as Reaction)) return null;
  return { type: "react", id, room, reaction: reaction as Reaction };
}

function readSetTyping({ id, typing }: Fields, room: RoomId): EphemeralCommand | null {
  if (!isIdOrNone(id) || typeof typing !== "boolean") return null;
  return { type: "setTyping", id, room, typing };
}

function readPoint({ id, at }: Fields, room: RoomId): EphemeralCommand | null {
  if (!isIdOrNone(id)) return null;
  if (at === null) return { type: "point", id, room, at };
  const place = readPlace(at);
  return place === null ? null : { type: "point", id, room, at: place };
}

function readPlace(at: unknown): PointedAt | null {
  if (typeof at !== "object" || at === null) return null;
  const { target, x, y, sharedBy } = at as Fields;
  if (target !== "board" && target !== "screen") return null;
  if (!isFraction(x) || !isFraction(y)) return null;
  if (sharedBy === undefined) return { target, x, y };
  if (typeof sharedBy !== "string" || !isUuid(sharedBy)) return null;
  return { target, x, y, sharedBy: sharedBy as ParticipantId };
}

function isFraction(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}
