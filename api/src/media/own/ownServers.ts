import { z } from "@hono/zod-openapi";
import { displayTextSchema } from "../../schema/displayText.ts";

/** What stands in a policy that browsers read: no wildcard and no second directive passes for a host. */
const hostPattern = String.raw`(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?`;

/** What RFC 7518 §3.2 asks of a key for HS256. */
const secretSchema = z.string().min(32).max(512);

const pemSchema = z
  .string()
  .max(16_384)
  .regex(/^\s*-----BEGIN [A-Z ]+-----/);

const keySchema = displayTextSchema(200);

/** The school's own LiveKit as it is asked for. */
export const liveKitInputSchema = z
  .object({
    url: z
      .string()
      .regex(new RegExp(`^(?:wss?|https?)://${hostPattern}/?$`))
      // A pattern does not know every port and address that there cannot be.
      .refine((url) => URL.canParse(url))
      .openapi({ description: "Where browsers find it.", example: "wss://livekit.school.example" }),
    apiKey: keySchema,
    apiSecret: secretSchema
      .optional()
      .openapi({ description: "The one that is set, when it is left out." }),
  })
  .openapi("OwnLiveKitInput");

export type LiveKitInput = z.infer<typeof liveKitInputSchema>;

const signingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("secret"), secret: secretSchema }),
  z.object({ kind: z.literal("keyPair"), privateKey: pemSchema, publicKey: pemSchema }),
]);

/** The school's own Jitsi as it is asked for. */
export const jitsiInputSchema = z
  .object({
    domain: z
      .string()
      .regex(new RegExp(`^${hostPattern}$`))
      .refine((domain) => URL.canParse(`https://${domain}`))
      .openapi({ example: "meet.school.example" }),
    appId: keySchema,
    signing: signingSchema
      .optional()
      .openapi({ description: "What is set, when it is left out. Keys are RSA, in PEM." }),
    webhookSecret: secretSchema
      .nullable()
      .optional()
      .openapi({ description: "Null for none; what is set, when it is left out." }),
  })
  .openapi("OwnJitsiInput");

export type JitsiInput = z.infer<typeof jitsiInputSchema>;

/** The school's own servers, without anything that is secret: that is set, and never told. */
export const ownServersSchema = z
  .object({
    livekit: z.object({ url: z.string(), apiKey: z.string() }).nullable(),
    jitsi: z
      .object({
        domain: z.string(),
        appId: z.string(),
        signing: z.enum(["secret", "keyPair"]),
        hasWebhookSecret: z.boolean(),
      })
      .nullable(),
    shared: z
      .object({ livekit: z.boolean(), jitsi: z.boolean() })
      .openapi({ description: "Which ones the operator lends to schools without their own." }),
  })
  .openapi("OwnMediaServers");

export type ShownServers = z.infer<typeof ownServersSchema>;

/** Those servers that a school can have of its own. */
export const serverKindSchema = z.enum(["livekit", "jitsi"]);

export type ServerKind = z.infer<typeof serverKindSchema>;
