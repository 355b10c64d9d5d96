import { z } from "@hono/zod-openapi";
import { schoolRoles } from "@darasa/protocol";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** A mail that would have been sent, as the outbox page shows it. */
export const outboxMailSchema = z
  .object({
    id: idSchema,
    to: z.string(),
    recipientRole: z.enum(schoolRoles),
    subject: z.string(),
    body: z.string().openapi({ description: "Plain text." }),
    createdAtMs: timeMsSchema,
  })
  .openapi("OutboxMail");

export type OutboxMail = z.infer<typeof outboxMailSchema>;
