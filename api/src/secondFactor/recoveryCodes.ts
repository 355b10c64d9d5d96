import { createHmac } from "node:crypto";

const codeCount = 10;
/** Crockford's: no letter that looks like a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const groupLength = 5;

/** Ten codes of 50 bits each, `xxxxx-xxxxx`. */
export function makeRecoveryCodes(randomBytes: (length: number) => Uint8Array): string[] {
  return Array.from({ length: codeCount }, () => {
    // 32 letters: five bits of each byte, none more likely than another.
    const letters = Array.from(randomBytes(2 * groupLength), (byte) => alphabet.charAt(byte % 32));
    return `${letters.slice(0, groupLength).join("")}-${letters.slice(groupLength).join("")}`;
  });
}

/** What the database knows of a code, however it was typed: 32 bytes that only this server's key makes. */
export function hashRecoveryCode(key: Uint8Array, code: string): Buffer {
  return createHmac("sha256", key).update(plain(code)).digest();
}

/** Letters and digits alone; those that look alike are the same. */
function plain(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
}
