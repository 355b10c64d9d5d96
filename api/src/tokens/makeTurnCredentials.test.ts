import { expect, test } from "vitest";
import { makeTurnCredentials } from "./makeTurnCredentials.ts";

test("user name and password are those that coturn computes for this secret", () => {
  // printf '1700028800:amina' | openssl dgst -sha1 -hmac 'north' -binary | base64
  expect(
    makeTurnCredentials({ secret: "north", participantId: "amina", nowMs: 1_700_000_000_999 }),
  ).toEqual({ username: "1700028800:amina", credential: "UpmrJ7CAFJwmbcWBiu1a2h3RW6U=" });
});
