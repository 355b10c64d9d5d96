/** As many bytes a key for HS256 must have (RFC 7518 §3.2). */
const minSecretLength = 32;

/** Whether a typed secret does not do; nothing typed does where one is kept. Pure. */
export function isTooShort(secret: string, isKept: boolean): boolean {
  return secret === "" ? !isKept : secret.length < minSecretLength;
}
