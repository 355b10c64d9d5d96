import { createHmac } from "node:crypto";
import type { LinkToken } from "./linkToken.ts";
import type { SigningKeys } from "./signingKeys.ts";

/**
 * The refresh token that takes this one's place. It is derived with a key of the server, not drawn, so that a
 * second use within the grace (a second tab, a lost answer) gets the very same one and nothing secret is stored.
 */
export function succeedRefreshToken(keys: SigningKeys, token: LinkToken): LinkToken {
  const bytes = createHmac("sha256", keys.refresh).update(token.bytes).digest();
  return { schoolId: token.schoolId, bytes: new Uint8Array(bytes) };
}
