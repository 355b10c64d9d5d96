import { expect, test } from "vitest";
import { describeSecret, findStep } from "./authenticator.ts";

const secret = Buffer.from("12345678901234567890");

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
test.each([
  [59, "287082", 1],
  [1_111_111_109, "081804", 37_037_036],
  [1_111_111_111, "050471", 37_037_037],
  [1_234_567_890, "005924", 41_152_263],
  [2_000_000_000, "279037", 66_666_666],
  [20_000_000_000, "353130", 666_666_666],
])("at %i s the code is %s", (seconds, code, step) => {
  expect(findStep(secret, code, seconds * 1000)).toBe(step);
});

test("the codes of the half minutes before and after are good, others are not", () => {
  const step = 37_037_036;
  const code = "081804";
  const startMs = step * 30_000;
  expect(findStep(secret, code, startMs - 1)).toBe(step);
  expect(findStep(secret, code, startMs + 59_999)).toBe(step);
  expect(findStep(secret, code, startMs - 30_001)).toBeNull();
  expect(findStep(secret, code, startMs + 60_000)).toBeNull();
  expect(findStep(secret, "081805", startMs)).toBeNull();
});

test("an app takes the secret over by its URI", () => {
  const label = { schoolName: "Shule: Mlimani", email: "amina@school.example" };
  const { secret: typed, uri } = describeSecret(secret, label);
  expect(typed).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  const url = new URL(uri);
  expect([url.protocol, url.host]).toEqual(["otpauth:", "totp"]);
  expect(decodeURIComponent(url.pathname)).toBe("/Darasa Shule  Mlimani:amina@school.example");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    issuer: "Darasa Shule  Mlimani",
    secret: typed,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
