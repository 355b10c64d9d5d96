import { hash } from "@node-rs/argon2";
import type { DarasaError } from "@darasa/protocol";
import { expect, test } from "vitest";
import { createPasswordHasher } from "./passwordHasher.ts";

test("knows the right password, and nobody's is never right", async () => {
  const hasher = await createPasswordHasher();
  const stored = await hash("open sesame");
  expect(await hasher.verify(stored, "open sesame")).toBe(true);
  expect(await hasher.verify(stored, "Open sesame")).toBe(false);
  expect(await hasher.verify(null, "open sesame")).toBe(false);
});

test("2 at once, 32 waiting, the rest is told to come again; afterwards all is as before", async () => {
  const hasher = await createPasswordHasher();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, () => hasher.verify(null, "x")),
  );
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(6);
  for (const { reason } of refused) expect((reason as DarasaError).code).toBe("busy");
  expect(await hasher.verify(null, "x")).toBe(false);
});
