import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { hashRecoveryCode, makeRecoveryCodes } from "./recoveryCodes.ts";

const key = randomBytes(32);

test("ten codes, all different, that can be read aloud", () => {
  const codes = makeRecoveryCodes(randomBytes);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
});

test("a code is the same however it is typed", () => {
  const hash = hashRecoveryCode(key, "a1b20-xyz34");
  for (const typed of ["A1B20-XYZ34", "a1b20xyz34", " a1b2o xyz34 ", "aLb20-xyz34"]) {
    expect(hashRecoveryCode(key, typed)).toEqual(hash);
  }
  expect(hashRecoveryCode(key, "a1b20-xyz35")).not.toEqual(hash);
  expect(hashRecoveryCode(randomBytes(32), "a1b20-xyz34")).not.toEqual(hash);
});
