import { createHmac } from "node:crypto";

/** How long TURN credentials are worth something: a long school day. */
export const turnLifetimeSeconds = 8 * 60 * 60;

interface TurnGrant {
  readonly secret: string;
  readonly participantId: string;
  readonly nowMs: number;
}

/**
 * Credentials that a TURN server with a shared secret accepts for 8 h: user name `<expiry in epoch
 * seconds>:<participant>`, password base64 HMAC-SHA1 of it (draft-uberti-behave-turn-rest-00 §2.2;
 * coturn's `use-auth-secret`).
 */
export function makeTurnCredentials(grant: TurnGrant): { username: string; credential: string } {
  const expirySeconds = Math.floor(grant.nowMs / 1000) + turnLifetimeSeconds;
  const username = `${expirySeconds}:${grant.participantId}`;
  return {
    username,
    credential: createHmac("sha1", grant.secret).update(username).digest("base64"),
  };
}
