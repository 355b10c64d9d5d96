import * as z from "zod";
import { Secret } from "../secret.ts";

/** What RFC 7518 §3.2 asks of a key for HS256. */
const minSecretBytes = 32;

const text = z.string().min(1);

const signingSecret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= minSecretBytes, "is shorter than 32 bytes")
  .transform((value) => new Secret(value));

/** PEM (RFC 7468), in base64 because it has lines. */
const base64Pem = z
  .base64()
  .transform((value) => Buffer.from(value, "base64").toString("utf8"))
  .refine((value) => value.startsWith("-----BEGIN "), "is not a PEM in base64");

/** The settings of the media servers that all schools use which have none of their own. */
export const mediaSettings = {
  LIVEKIT_URL: z.url({ protocol: /^(?:wss?|https?)$/ }).optional(),
  LIVEKIT_API_KEY: text.optional(),
  LIVEKIT_API_SECRET: signingSecret.optional(),
  JITSI_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+(?::\d+)?$/, "is not a host name")
    .optional(),
  JITSI_APP_ID: text.optional(),
  JITSI_APP_SECRET: signingSecret.optional(),
  JITSI_PRIVATE_KEY: base64Pem.transform((pem) => new Secret(pem)).optional(),
  JITSI_PUBLIC_KEY: base64Pem.optional(),
  JITSI_WEBHOOK_SECRET: signingSecret.optional(),
};

/** Of these each is of use with the other alone. */
export const mediaPairs = [
  ["LIVEKIT_URL", "LIVEKIT_API_KEY"],
  ["LIVEKIT_URL", "LIVEKIT_API_SECRET"],
  ["JITSI_DOMAIN", "JITSI_APP_ID"],
  ["JITSI_PRIVATE_KEY", "JITSI_PUBLIC_KEY"],
] as const;

/** A Jitsi signs by one of two ways, and without any it lets everybody in: that is not offered. */
export function contradictionsOfMedia(
  given: Readonly<Record<string, string | undefined>>,
): (readonly [name: string, problem: string])[] {
  const { JITSI_DOMAIN: domain, JITSI_APP_SECRET: secret, JITSI_PRIVATE_KEY: key } = given;
  if (domain !== undefined && secret === undefined && key === undefined) {
    return [["JITSI_APP_SECRET", "or JITSI_PRIVATE_KEY goes together with JITSI_DOMAIN"]];
  }
  if (secret !== undefined && key !== undefined) {
    return [["JITSI_PRIVATE_KEY", "does not go together with JITSI_APP_SECRET"]];
  }
  return [];
}
