import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { idSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { listMails } from "./listMails.ts";
import { outboxMailSchema } from "./outboxMail.ts";

/** The outbox of a server that has no mail set up. */
export const mailRoutes = [
  route({
    method: "get",
    path: "/api/mails",
    access: "mail.read",
    summary: "What would have been sent, newest first; 404 where mail is really sent.",
    query: z.object({
      before: idSchema.optional().openapi({ description: "The id of the oldest mail there is." }),
      limit: queryInteger(1, 100).default(50),
    }),
    reply: z.object({ mails: z.array(outboxMailSchema), more: z.boolean() }).openapi("Outbox"),
    handle: (services, { caller, query }) => listMails(services, caller, query),
  }),
];
