import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import type { LiveClassId, ParticipantId, SchoolId } from "@darasa/protocol";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mediaRoomName } from "../../src/media/mediaRoomName.ts";
import type { MediaSeat } from "../../src/media/mediaSeat.ts";
import { signJitsiToken, type JitsiIssuer } from "../../src/tokens/signJitsiToken.ts";
import type { Admittance } from "./prosodyRules.ts";

/** Something that lets people into rooms by their tokens: the rules as code, or a Prosody. */
export interface JitsiDoor {
  /** Whose tokens it is to believe. */
  readonly issuer: JitsiIssuer;
  /** What forgers have: the secret itself, or the private key with its public half. */
  readonly keys:
    { readonly secret: string } | { readonly privateKey: KeyObject; readonly publicPem: string };
  /** Whether `sub` is looked at. */
  readonly checksDomain: boolean;
  readonly nowMs: () => number;
  /** Comes with that token and asks for that room, which is open. */
  tryEntrance(token: string | null, room: string): Promise<Admittance>;
  close(): Promise<void>;
}

type Json = Record<string, unknown>;

const newSeat = (role: MediaSeat["role"]): MediaSeat => ({
  schoolId: randomUUID() as SchoolId,
  liveClassId: randomUUID() as LiveClassId,
  participantId: randomUUID() as ParticipantId,
  name: "Amina Odhiambo",
  role,
  sources: ["microphone", "camera"],
});

/** One suite for every door: real tokens of ours, and what becomes of one that is a little different. */
export function describeJitsiTokens(name: string, makeDoor: () => Promise<JitsiDoor>): void {
  describe(name, () => {
    let door: JitsiDoor;
    beforeAll(async () => (door = await makeDoor()));
    afterAll(() => door.close());

    const seat = newSeat("student");
    const room = mediaRoomName(seat);
    const ours = (shiftMs = 0) => signJitsiToken(door.issuer, seat, door.nowMs() + shiftMs);

    /** Our token with something changed, signed with the right key or another. */
    async function changed(change: (token: Changeable) => void, key: ForgerKey = door.keys) {
      const token = await ours();
      const copy = {
        header: { ...decodeProtectedHeader(token) } as Json,
        claims: { ...decodeJwt(token) } as Json,
      };
      change(copy);
      return forge(copy, key);
    }
    const entrance = async (token: string | null | Promise<string>) =>
      door.tryEntrance(await token, room);

    it.each([
      ["teacher", { affiliation: "owner", role: "moderator" }],
      ["student", { affiliation: "member", role: "participant" }],
      ["guest", { affiliation: "member", role: "participant" }],
    ] as const)("a %s's token makes them %o of the room", async (role, rights) => {
      const own = newSeat(role);
      const token = await signJitsiToken(door.issuer, own, door.nowMs());
      const room = mediaRoomName(own);
      expect(await door.tryEntrance(token, room)).toEqual({ outcome: "joined", ...rights });
    });

    it.each<[Json, string]>([
      [{ affiliation: "moderator" }, "owner"],
      [{ affiliation: "teacher" }, "owner"],
      [{ affiliation: "member", moderator: true }, "owner"],
      [{ affiliation: "member", moderator: "true" }, "owner"],
      [{ affiliation: "admin" }, "member"],
      [{ moderator: 1 }, "member"],
      [{}, "member"],
    ])("a user of %o is %s of the room", async (user, affiliation) => {
      const token = changed(({ claims }) => (claims["context"] = { user }));
      expect(await entrance(token)).toMatchObject({ outcome: "joined", affiliation });
    });

    it("is good up to its last second, and no further", async () => {
      expect(await entrance(ours(-590_000))).toMatchObject({ outcome: "joined" });
      expect(await entrance(ours(-600_000))).toMatchObject({ outcome: "refused" });
    });

    it("a clock of ours that is 20 s ahead keeps nobody out", async () => {
      expect(await entrance(ours(20_000))).toMatchObject({ outcome: "joined" });
    });

    it("is for one room: any other keeps its bearer out", async () => {
      const other = mediaRoomName(newSeat("student"));
      expect(await door.tryEntrance(await ours(), other)).toMatchObject({ outcome: "keptOut" });
    });

    it.each<[string, (token: Changeable) => void]>([
      ["whose room is written in capitals", ({ claims }) => (claims["room"] = room.toUpperCase())],
      ["with a fraction in its end", ({ claims }) => (claims["exp"] = Number(claims["exp"]) + 0.5)],
      ["without an end", ({ claims }) => delete claims["exp"]],
      ["for every room", ({ claims }) => (claims["room"] = "*")],
      ["for every domain", ({ claims }) => (claims["sub"] = "*")],
      ["of nobody", ({ claims }) => delete claims["context"]],
    ])("a token %s is accepted, so ours never is one", async (_what, change) => {
      expect(await entrance(changed(change))).toMatchObject({ outcome: "joined" });
    });

    it.each<[string, (token: Changeable) => void]>([
      ["expired", ({ claims }) => (claims["exp"] = Math.floor(door.nowMs() / 1000) - 1)],
      ["early", ({ claims }) => (claims["nbf"] = Math.floor(door.nowMs() / 1000) + 60)],
      ["another issuer's", ({ claims }) => (claims["iss"] = "somebody")],
      ["of no issuer", ({ claims }) => delete claims["iss"]],
      ["for another audience", ({ claims }) => (claims["aud"] = "somebody")],
      ["for no audience", ({ claims }) => delete claims["aud"]],
      ["for a list of audiences", ({ claims }) => (claims["aud"] = [claims["aud"]])],
      ["for no domain", ({ claims }) => delete claims["sub"]],
      ["for no room", ({ claims }) => delete claims["room"]],
      ["with a text for its end", ({ claims }) => (claims["exp"] = String(claims["exp"]))],
      ["without typ", ({ header }) => delete header["typ"]],
      ["HS512", ({ header }) => (header["alg"] = "HS512")],
      ["RS512", ({ header }) => (header["alg"] = "RS512")],
      ["unsigned", ({ header }) => (header["alg"] = "none")],
    ])("a token that is %s is refused", async (_what, change) => {
      expect(await entrance(changed(change))).toMatchObject({ outcome: "refused" });
    });

    it("a token of another key is refused, and so is none, and half of one", async () => {
      const refused = { outcome: "refused" };
      expect(await entrance(changed(() => undefined, makeStranger(door.keys)))).toMatchObject(
        refused,
      );
      expect(await entrance(null)).toMatchObject(refused);
      expect(await entrance((await ours()).split(".").slice(0, 2).join("."))).toMatchObject(
        refused,
      );
    });

    it("another domain's token is kept out where domains are looked at, and only there", async () => {
      const outcome = door.checksDomain ? "keptOut" : "joined";
      const token = changed(({ claims }) => (claims["sub"] = "elsewhere.example"));
      expect(await entrance(token)).toMatchObject({ outcome });
    });

    it.each<[string, (token: Changeable) => void, "ours" | "published PEM"]>([
      ["of a kid that is not published", ({ header }) => (header["kid"] = "unknown"), "ours"],
      ["without a kid", ({ header }) => delete header["kid"], "ours"],
      ["HS256 over the public key", ({ header }) => (header["alg"] = "HS256"), "published PEM"],
    ])("with a pair of keys, a token %s is refused", async (_what, change, key) => {
      if (!("publicPem" in door.keys)) return;
      const forgerKey = key === "ours" ? door.keys : { secret: door.keys.publicPem };
      expect(await entrance(changed(change, forgerKey))).toMatchObject({ outcome: "refused" });
    });
  });
}

interface Changeable {
  readonly header: Json;
  readonly claims: Json;
}

type ForgerKey = { readonly secret: string } | { readonly privateKey: KeyObject };

/** Signs by what the header says: an independent hand, that writes what our signer never would. */
function forge({ header, claims }: Changeable, key: ForgerKey): string {
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${signed}.${signature(signed, header["alg"], key).toString("base64url")}`;
}

function signature(signed: string, algorithm: unknown, key: ForgerKey): Buffer {
  if (algorithm === "none") return Buffer.alloc(0);
  if ("privateKey" in key) return sign("sha256", Buffer.from(signed), key.privateKey);
  const hash = algorithm === "HS512" ? "sha512" : "sha256";
  return createHmac(hash, key.secret).update(signed).digest();
}

function makeStranger(keys: JitsiDoor["keys"]): ForgerKey {
  if ("secret" in keys) return { secret: "a secret of somebody else, quite as long" };
  return generateKeyPairSync("rsa", { modulusLength: 2_048 });
}
