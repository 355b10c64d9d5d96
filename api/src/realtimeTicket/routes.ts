import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { boardIdSchema } from "../schema/ids.ts";
import { issueTicket } from "./issueTicket.ts";

/** One-time tickets for the sockets of realtime. */
export const realtimeTicketRoutes = [
  route({
    method: "post",
    path: "/api/realtime/ticket",
    access: "signedIn",
    summary: "A ticket that opens one connection within its life.",
    body: z
      .object({ audience: z.enum(["gateway", "board"]), document: boardIdSchema.optional() })
      .refine(({ audience, document }) => (audience === "board") === (document !== undefined), {
        message: "document belongs to the audience board",
      })
      .openapi("TicketRequest"),
    reply: z
      .object({ ticket: z.string(), expiresInSeconds: z.int(), url: z.string() })
      .openapi("Ticket"),
    handle: (services, { caller, body }) => issueTicket(services, caller, body.document ?? null),
  }),
];
