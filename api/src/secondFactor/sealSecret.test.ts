import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openSecret, sealSecret } from "./sealSecret.ts";

const key = randomBytes(32);
const owner = { schoolId: "school", userId: "amina" };
const secret = Buffer.from("12345678901234567890");
const sealed = sealSecret(key, owner, { secret, iv: randomBytes(12) });

test("what was sealed can be opened, and does not show", () => {
  expect(openSecret(key, owner, sealed)).toEqual(secret);
  expect(sealed.includes(secret)).toBe(false);
  expect(sealed).toHaveLength(12 + secret.length + 16);
});

test("it opens for nobody else, with no other key, and not when it was changed", () => {
  const changed = Buffer.from(sealed);
  changed[15] = (changed[15] ?? 0) ^ 1;
  expect(() => openSecret(key, { ...owner, userId: "baraka" }, sealed)).toThrow();
  expect(() => openSecret(key, { ...owner, schoolId: "other" }, sealed)).toThrow();
  expect(() => openSecret(randomBytes(32), owner, sealed)).toThrow();
  expect(() => openSecret(key, owner, changed)).toThrow();
  expect(() => openSecret(key, owner, sealed.subarray(0, 20))).toThrow();
});
