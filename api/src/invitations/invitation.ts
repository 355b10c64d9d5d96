import { z } from "@hono/zod-openapi";
import { schoolRoleSchema } from "../people/person.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** An open door for people who have no account yet, as those who manage people see it. */
export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string().nullable().openapi({ description: "Null: for whoever has the link." }),
    name: z.string().nullable(),
    role: schoolRoleSchema,
    room: z.object({ id: idSchema, name: z.string() }).nullable(),
    maxUses: z.int(),
    used: z.int(),
    createdBy: z.string().nullable(),
    createdAtMs: timeMsSchema,
    expiresAtMs: timeMsSchema,
    expired: z.boolean(),
  })
  .openapi("PendingInvitation");

export type PendingInvitation = z.infer<typeof invitationSchema>;

/** What became of one address that was to be invited. */
export const inviteResultSchema = z.object({
  email: z.string(),
  outcome: z.enum(["new", "exists", "invited", "error"]).openapi({
    description:
      "new: a mail goes out. exists: has an account, and came into the room. invited: a mail went out earlier.",
  }),
  error: z.enum(["deactivated", "limit_reached"]).nullable(),
});

/** What a valid token opens, as whoever holds it may see. */
export const openDoorSchema = z
  .object({
    school: z.object({
      name: z.string(),
      slug: z.string(),
      colour: z.string(),
      logo: idSchema.nullable(),
    }),
    role: schoolRoleSchema,
    roomName: z.string().nullable(),
    email: z.string().nullable().openapi({ description: "Null: to be given." }),
    name: z.string().nullable(),
    language: z.enum(["en", "sw"]),
  })
  .openapi("OpenDoor");

export type OpenDoor = z.infer<typeof openDoorSchema>;
