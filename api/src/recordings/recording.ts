import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/**
 * `saving`: it is over, and a file of it is still being written; `failed`: nothing of it was recorded; `lost`: what was
 * recorded could not be saved. What is `ready` may lack parts that are lost.
 */
export const recordingStates = ["on", "paused", "saving", "ready", "failed", "lost"] as const;

/** A recording as members of the room see it. */
export const recordingSchema = z
  .object({
    id: idSchema,
    liveClassId: idSchema,
    title: z.string().openapi({ description: "Of the class." }),
    state: z.enum(recordingStates),
    startedAtMs: timeMsSchema,
    startedByName: z.string(),
    stoppedAtMs: timeMsSchema.nullable(),
    keptUntilMs: timeMsSchema.nullable().openapi({ description: "By the rule of the school." }),
    durationMs: z.int().openapi({ description: "Of all parts that are whole." }),
    bytes: z.int(),
    parts: z.int().openapi({ description: "How many of them are whole: each pause ends one." }),
    lostParts: z.int().openapi({ description: "How many could not be saved." }),
    brokeOff: z.boolean().openapi({
      description: "It ended by itself: by what was stored or is lost, one sees how.",
    }),
  })
  .openapi("Recording");

export type Recording = z.infer<typeof recordingSchema>;

/**
 * Whether a class can be recorded, and if not, why: the school forbids it; no place for the files is set up; the class
 * is not held through LiveKit; that LiveKit is the school's own, and nobody gives it the keys of the storage; it has no Egress; it does not answer.
 */
export const recordabilities = [
  "ready",
  "forbidden",
  "no_storage",
  "no_livekit",
  "own_server",
  "no_egress",
  "unreachable",
] as const;

export const recordabilitySchema = z.enum(recordabilities).openapi("Recordability");
export type Recordability = (typeof recordabilities)[number];

/** What opens a recording for a while. */
export const recordingLinkSchema = z
  .object({
    expiresInSeconds: z.int(),
    parts: z.array(
      z.object({
        no: z.int(),
        durationMs: z.int(),
        bytes: z.int(),
        url: z.string().openapi({ description: "Shows it in a page; takes Range." }),
        downloadUrl: z.string(),
      }),
    ),
  })
  .openapi("RecordingLink");

export type RecordingLink = z.infer<typeof recordingLinkSchema>;
