import { trackKinds, type TrackKind } from "@darasa/protocol";
import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { TokenVerifier } from "livekit-server-sdk";
import { expect, test } from "vitest";
import type { MediaSeat } from "../media/mediaSeat.ts";
import { Secret } from "../secret.ts";
import { signLiveKitToken } from "./signLiveKitToken.ts";

const secret = "a secret of thirty-two bytes, or more";
const server = { apiKey: "key", apiSecret: new Secret(secret) };
const nowMs = Date.UTC(2026, 0, 5, 8);
const room = "0a000000000040008000000000000001" + "0b000000000040008000000000000002";
const pupil = {
  schoolId: "0a000000-0000-4000-8000-000000000001",
  liveClassId: "0b000000-0000-4000-8000-000000000002",
  participantId: "0c000000-0000-4000-8000-000000000003",
  name: "Neema",
  role: "student",
  sources: ["microphone", "camera"],
} as unknown as MediaSeat;

async function claimsOf(seat: MediaSeat) {
  return decodeJwt<{ video: Record<string, unknown> }>(await signLiveKitToken(server, seat, nowMs));
}

/** Everything that LiveKit could let somebody do, and what ours says of it: what is not here is not in the token. */
test.each<readonly [MediaSeat["role"], readonly TrackKind[], readonly string[]]>([
  ["student", ["microphone", "camera"], ["microphone", "camera"]],
  ["guest", ["microphone"], ["microphone"]],
  ["student", ["screen"], ["screen_share", "screen_share_audio"]],
  ["teacher", trackKinds, ["microphone", "camera", "screen_share", "screen_share_audio"]],
])("a %s who may send %j gets these grants and no others", async (role, sources, named) => {
  const { video } = await claimsOf({ ...pupil, role, sources });
  expect(video).toEqual({
    roomJoin: true,
    room,
    canSubscribe: true,
    canPublish: true,
    canPublishSources: named,
    canPublishData: false,
    canUpdateOwnMetadata: false,
  });
});

test("who may send nothing may not publish: no sources would mean all", async () => {
  const { video } = await claimsOf({ ...pupil, sources: [] });
  expect(video).toMatchObject({ canPublish: false, canPublishSources: [] });
});

test("it says who they are and what they are, and lives for ten minutes", async () => {
  const claims = await claimsOf(pupil);
  expect(claims).toMatchObject({
    iss: "key",
    sub: pupil.participantId,
    name: "Neema",
    metadata: '{"role":"student"}',
    nbf: nowMs / 1000 - 60,
    exp: nowMs / 1000 + 600,
  });
  expect(Object.keys(claims).toSorted()).toEqual(
    ["exp", "iss", "metadata", "name", "nbf", "sub", "video"].toSorted(),
  );
});

test("it is HS256, and a key of another says nothing", async () => {
  const token = await signLiveKitToken(server, pupil, nowMs);
  expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
  const at = { currentDate: new Date(nowMs) };
  await expect(jwtVerify(token, Buffer.from(secret), at)).resolves.toBeDefined();
  await expect(jwtVerify(token, Buffer.from(`${secret}!`), at)).rejects.toThrow();
});

test("LiveKit's own verifier reads the same grants", async () => {
  const token = await signLiveKitToken(server, pupil, Date.now());
  const grants = await new TokenVerifier("key", secret).verify(token);
  expect(grants.video).toMatchObject({ room, canPublishSources: ["microphone", "camera"] });
});
