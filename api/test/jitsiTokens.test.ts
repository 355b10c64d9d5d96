import type { LiveClassId, ParticipantId, SchoolId } from "@darasa/protocol";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import { mediaRoomName } from "../src/media/mediaRoomName.ts";
import { signJitsiToken } from "../src/tokens/signJitsiToken.ts";
import { describeJitsiTokens } from "./jitsi/jitsiTokens.contract.ts";
import { namedProsody } from "./jitsi/prosodyDoor.ts";
import { makeKeyServerDoor, makeSecretDoor } from "./jitsi/rulesDoor.ts";
import { startKeyServerDoor, startSecretDoor } from "./jitsi/startedDoors.ts";
import { namedPlugins } from "./jitsi/startProsody.ts";

describeJitsiTokens("tokens by Prosody's rules, with a secret", makeSecretDoor);
describeJitsiTokens("tokens by Prosody's rules, with a key server", makeKeyServerDoor);

// JITSI_PROSODY_URL names one, JITSI_PLUGINS what one is started with; jitsi/README.md tells how.
const prosody = namedProsody(process.env);
if (prosody) describeJitsiTokens("tokens at a real Prosody", prosody);
const plugins = namedPlugins(process.env);
if (plugins) {
  describeJitsiTokens("tokens at a Prosody of ours, with a secret", () => startSecretDoor(plugins));
  describeJitsiTokens("tokens at a Prosody of ours, with a key server", () =>
    startKeyServerDoor(plugins),
  );
}

const seat = {
  schoolId: "0198c0de-0000-7000-8000-000000000001" as SchoolId,
  liveClassId: "0198c0de-0000-7000-8000-000000000002" as LiveClassId,
  participantId: "0198c0de-0000-7000-8000-000000000003" as ParticipantId,
  name: "Amina Odhiambo",
  role: "student",
  sources: ["microphone"],
} as const;

describe("signJitsiToken", () => {
  it("says all that Jitsi asks for, and of the person nothing but the name", async () => {
    const { issuer } = await makeSecretDoor();
    const token = await signJitsiToken(issuer, seat, 1_780_000_000_999);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
    expect(decodeJwt(token)).toEqual({
      iss: "darasa",
      aud: "darasa",
      sub: "meet.example.org",
      room: mediaRoomName(seat),
      nbf: 1_780_000_000 - 30,
      exp: 1_780_000_000 + 600,
      context: {
        user: {
          id: seat.participantId,
          name: "Amina Odhiambo",
          affiliation: "member",
          moderator: "false",
        },
        features: {
          recording: "false",
          livestreaming: "false",
          transcription: "false",
          "outbound-call": "false",
          "sip-outbound-call": "false",
          "send-groupchat": "false",
          "create-polls": "false",
          "file-upload": "false",
          "screen-sharing": "false",
        },
      },
    });
  });

  it("lets only those share a screen who may", async () => {
    const { issuer } = await makeSecretDoor();
    const sources = ["screen"] as const;
    const token = await signJitsiToken(issuer, { ...seat, sources }, 1_780_000_000_000);
    expect(decodeJwt(token)).toMatchObject({ context: { features: { "screen-sharing": "true" } } });
  });

  it("names the public key of a pair by its thumbprint, and the domain without its port", async () => {
    const { issuer } = await makeKeyServerDoor();
    const token = await signJitsiToken(issuer, seat, 1_780_000_000_000);
    const kid: unknown = expect.stringMatching(/^[\w-]{43}$/);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "JWT", kid });
    expect(decodeJwt(token).sub).toBe("meet.example.org");
  });
});
