import { z } from "@hono/zod-openapi";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

export const roomKindSchema = z.enum(["class", "group", "direct"]);
export const memberRoleSchema = z.enum(["teacher", "student"]);

/** A room as one member sees it. */
export const roomSchema = z
  .object({
    id: idSchema,
    kind: roomKindSchema,
    name: z.string(),
    role: memberRoleSchema.openapi({ description: "The caller's own role in this room." }),
    isSubstitute: z.boolean().openapi({
      description: "The caller teaches here for a while only, and decides on no other teacher.",
    }),
    memberCount: z.int(),
    lastSeq: z
      .int()
      .openapi({ description: "The seq of the newest message; 0 when there is none." }),
    // A union: OpenAPI writes `.nullable()` of a named schema as "it and null at once".
    liveClass: z.union([liveClassSchema, z.null()]).openapi({ description: "The running one." }),
  })
  .openapi("Room");

export type Room = z.infer<typeof roomSchema>;

/** Somebody who belongs to a room. */
export const memberSchema = z
  .object({
    userId: idSchema,
    name: z.string(),
    role: memberRoleSchema,
    untilMs: timeMsSchema.nullable().openapi({ description: "Substitutes: their last moment." }),
  })
  .openapi("Member");

export type Member = z.infer<typeof memberSchema>;
