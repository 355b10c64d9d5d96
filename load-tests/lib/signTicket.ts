import { hmac } from "k6/crypto";
import { b64encode } from "k6/encoding";
import type { LoadPerson } from "../school/fillSchool.ts";
import { ticketKey } from "./settings.ts";

const lifetimeSeconds = 30;
const head = b64encode(JSON.stringify({ alg: "HS256", typ: "JWT" }), "rawurl");

/** A gateway ticket as the API signs it (SPEC T1). */
export function signTicket({ schoolId, participantId, name }: LoadPerson): string {
  const issuedAtMs = Date.now();
  const iat = Math.floor(issuedAtMs / 1000);
  const claims = {
    iss: "darasa",
    aud: "gateway",
    sub: participantId,
    jti: crypto.randomUUID(),
    iat,
    exp: iat + lifetimeSeconds,
    issuedAtMs,
    school: schoolId,
    name,
    signIn: participantId,
  };
  const signed = `${head}.${b64encode(JSON.stringify(claims), "rawurl")}`;
  return `${signed}.${hmac("sha256", ticketKey, signed, "base64rawurl")}`;
}
