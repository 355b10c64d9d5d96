import { z } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import { route } from "../../routing/route.ts";
import { receiveJitsiWebhook } from "./receiveJitsiWebhook.ts";
import { jitsiEventKinds } from "./webhookEvent.ts";

/** Enough for the list of everybody who was in a room of a thousand. */
const maxBodyBytes = 1024 * 1024;

/** What Jitsis tell of the classes in their rooms. */
export const jitsiWebhookRoutes = [
  route({
    method: "post",
    path: "/api/webhooks/jitsi/events/{subject}/{verb}",
    access: "anonymous",
    limit: "webhook",
    summary:
      "What a Jitsi's event_sync component tells of its rooms, with the secret that both know. What tells of no class here is taken and forgotten.",
    params: z.object({ subject: z.string(), verb: z.string() }),
    rawBody: ["application/json"],
    maxBodyBytes,
    reply: z.object({ received: z.literal(true) }),
    handle: async (services, { params: { subject, verb }, bytes, http }) => {
      const kind = jitsiEventKinds.find((known) => known === `${subject}/${verb}`);
      if (kind === undefined) throw new DarasaError("not_found");
      const authorization = http.req.header("authorization");
      await receiveJitsiWebhook(services, { kind, bytes, authorization });
      return { received: true as const };
    },
  }),
];
