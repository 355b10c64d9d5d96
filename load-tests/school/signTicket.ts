import { createHmac, randomUUID } from "node:crypto";
import { ticketIssuer, ticketLifetimeSeconds } from "@darasa/protocol";
import type { LoadPerson } from "./fillSchool.ts";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A gateway ticket as the API signs it (SPEC T1), about 10 µs each. */
export function signTicket(
  key: Uint8Array,
  person: LoadPerson,
  claims: Readonly<Record<string, unknown>> = {},
): string {
  const issuedAtMs = Date.now();
  const iat = Math.floor(issuedAtMs / 1000);
  const head = encode({ alg: "HS256", typ: "JWT" });
  const body = encode({
    iss: ticketIssuer,
    aud: "gateway",
    sub: person.participantId,
    jti: randomUUID(),
    iat,
    exp: iat + ticketLifetimeSeconds,
    issuedAtMs,
    school: person.schoolId,
    name: person.name,
    signIn: person.participantId,
    ...claims,
  });
  const signature = createHmac("sha256", key).update(`${head}.${body}`).digest("base64url");
  return `${head}.${body}.${signature}`;
}
