import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { authorizeOperator } from "./authorizeOperator.ts";
import { checkReadiness } from "./checkReadiness.ts";

/** What operators, their monitors and the client's start need; open to anybody and without secrets. */
export const operationRoutes = [
  route({
    method: "get",
    path: "/livez",
    access: "anonymous",
    limit: "exempt",
    summary: "The process answers.",
    reply: z.object({ status: z.literal("ok") }),
    handle: async () => Promise.resolve({ status: "ok" as const }),
  }),
  route({
    method: "get",
    path: "/readyz",
    access: "anonymous",
    limit: "exempt",
    summary: "Database and realtime answer; otherwise 503.",
    reply: z.object({ status: z.literal("ok") }),
    handle: async (services) => {
      await checkReadiness(services);
      return { status: "ok" as const };
    },
  }),
  route({
    method: "get",
    path: "/metrics",
    access: "anonymous",
    limit: "exempt",
    summary:
      "Figures for Prometheus; in production for this machine, trusted proxies and the holder of a token.",
    reply: z.string(),
    replyType: "text/plain",
    handle: (services, { http }) => {
      authorizeOperator(services, http);
      return services.metrics.registry.metrics();
    },
  }),
  route({
    method: "get",
    path: "/.well-known/jwks.json",
    access: "anonymous",
    summary: "The keys that access tokens are verified with (RFC 7517).",
    reply: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).openapi("Jwks"),
    handle: async ({ keys }) =>
      Promise.resolve({ keys: keys.jwks.keys.map((key) => ({ ...key })) }),
  }),
  route({
    method: "get",
    path: "/config.json",
    access: "anonymous",
    summary: "What the client must know of this installation.",
    reply: z
      .object({
        tldrawLicenseKey: z.string().nullable(),
        demo: z.boolean(),
        mail: z.boolean().openapi({ description: "Whether mail is really sent." }),
        schoolSignUp: z.boolean().openapi({ description: "Whether anybody may make a school." }),
      })
      .openapi("ClientConfig"),
    handle: async ({ config, mail }) =>
      Promise.resolve({
        tldrawLicenseKey: config.TLDRAW_LICENSE_KEY ?? null,
        demo: config.DEMO_KEY !== undefined,
        mail: mail.canSend,
        schoolSignUp: config.SCHOOL_SIGN_UP,
      }),
  }),
];
