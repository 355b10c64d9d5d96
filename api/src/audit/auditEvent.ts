import { auditActions, auditSubjectKinds } from "@darasa/database";
import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** One entry of the audit log, with names as far as they are known. */
export const auditEventSchema = z
  .object({
    id: z.int(),
    atMs: timeMsSchema,
    actor: z.object({
      id: idSchema.nullable().openapi({ description: "Null: the operator or a job." }),
      name: z.string().openapi({ description: "As it was then." }),
    }),
    action: z.enum(auditActions),
    subject: z
      .object({
        kind: z.enum(auditSubjectKinds),
        id: idSchema,
        name: z.string().nullable().openapi({ description: "As it is now; null when it is gone." }),
      })
      .nullable(),
    person: z
      .object({ id: idSchema, name: z.string().nullable() })
      .nullable()
      .openapi({ description: "Whom of a room it is about: the `userId` of the details." }),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi("AuditEvent");

export type AuditEvent = z.infer<typeof auditEventSchema>;
