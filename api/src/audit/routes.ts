import { auditActions } from "@darasa/database";
import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { idSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { auditEventSchema } from "./auditEvent.ts";
import { exportAudit } from "./exportAudit.ts";
import { listAudit } from "./listAudit.ts";

const filterSchema = z.object({
  actor: idSchema.optional().openapi({ description: "Acts of this person." }),
  subject: idSchema.optional().openapi({ description: "Acts done to this person or thing." }),
  action: z.enum(auditActions).optional(),
});

/** Who did what to whom. */
export const auditRoutes = [
  route({
    method: "get",
    path: "/api/audit",
    access: "audit.read",
    summary: "The audit log, newest first.",
    query: filterSchema.extend({
      before: queryInteger(1, Number.MAX_SAFE_INTEGER)
        .optional()
        .openapi({ description: "The id of the oldest entry that is there already." }),
      limit: queryInteger(1, 100).default(50),
    }),
    reply: z.object({ events: z.array(auditEventSchema), more: z.boolean() }).openapi("AuditLog"),
    handle: (services, { caller, query }) => listAudit(services, caller, query),
  }),
  route({
    method: "get",
    path: "/api/audit.csv",
    access: "audit.read",
    summary: "The newest 10,000 entries of the audit log as a table (RFC 4180), times in UTC.",
    query: filterSchema,
    reply: z.string(),
    replyType: "text/csv",
    handle: (services, { caller, query, http }) => {
      http.header("Content-Disposition", 'attachment; filename="audit.csv"');
      return exportAudit(services, caller, query);
    },
  }),
];
