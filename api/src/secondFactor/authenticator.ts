import { Secret, TOTP } from "otpauth";

/** What every authenticator app can do (RFC 6238): SHA-1, six digits, steps of 30 s. */
const algorithm = "SHA1";
const digits = 6;
const stepSeconds = 30;
/** One step before and after: clocks differ, and typing takes time. */
const window = 1;
/** As RFC 4226 §4 recommends: 160 bits. */
export const secretBytes = 20;

/** How an authenticator shows whose codes it makes. */
export interface AuthenticatorLabel {
  readonly schoolName: string;
  readonly email: string;
}

/** The secret as a person can take it over: Base32 for typing, and the URI of a QR code. */
export function describeSecret(
  secret: Uint8Array,
  { schoolName, email }: AuthenticatorLabel,
): { secret: string; uri: string } {
  const issuer = `Darasa ${schoolName}`.replaceAll(":", " ");
  const totp = new TOTP({ ...settings(secret), issuer, label: email });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step whose code this is, give or take one; null when it is none. */
export function findStep(secret: Uint8Array, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP(settings(secret));
  const delta = totp.validate({ token: code, timestamp: nowMs, window });
  return delta === null ? null : totp.counter({ timestamp: nowMs }) + delta;
}

function settings(secret: Uint8Array) {
  const bytes = new Uint8Array(secret);
  return { algorithm, digits, period: stepSeconds, secret: new Secret({ buffer: bytes.buffer }) };
}
