import { z } from "@hono/zod-openapi";
import {
  classCodePattern,
  uuidPattern,
  type BoardId,
  type LiveClassId,
  type ParticipantId,
  type RoomId,
  type SchoolId,
} from "@darasa/protocol";

const uuid = z.string().regex(uuidPattern).openapi({ format: "uuid" });

/** Canonical lower-case UUIDs; anything else names nothing. */
export const schoolIdSchema = uuid.transform((id) => id as SchoolId);
export const roomIdSchema = uuid.transform((id) => id as RoomId);
export const liveClassIdSchema = uuid.transform((id) => id as LiveClassId);
export const boardIdSchema = uuid.transform((id) => id as BoardId);
export const participantIdSchema = uuid.transform((id) => id as ParticipantId);

/** An id in an answer. */
export const idSchema = uuid;

/** A class code as people type it: any case, spaces around. Gives the canonical form. */
export const classCodeSchema = z
  .string()
  .max(16)
  .transform((code) => code.trim().toUpperCase())
  .refine((code) => classCodePattern.test(code))
  .openapi({ example: "K7M2QX" });
