import type { DarasaError } from "@darasa/protocol";
import { expect, test, vi } from "vitest";

vi.mock(import("@node-rs/argon2"), { spy: true });
// Files share their process: another one may have loaded it with the real hashing.
vi.resetModules();
const { hash, verify } = await import("@node-rs/argon2");
const { createPasswordHasher } = await import("./passwordHasher.ts");

const nobody = () => Promise.resolve(null);

test("knows the right password, and nobody's is never right", async () => {
  const hasher = await createPasswordHasher();
  const amina = { passwordHash: await hash("open sesame") };
  const find = () => Promise.resolve(amina);
  expect(await hasher.verify(find, "open sesame")).toBe(amina);
  expect(await hasher.verify(find, "Open sesame")).toBeNull();
  const without = () => Promise.resolve({ passwordHash: null });
  expect(await hasher.verify(without, "open sesame")).toBeNull();
  expect(await hasher.verify(nobody, "open sesame")).toBeNull();
});

test("who is not there takes a hash of the same cost as who is", async () => {
  const hasher = await createPasswordHasher();
  const amina = { passwordHash: await hasher.hash("mvua ya kwanza") };
  vi.mocked(verify).mockClear();
  await hasher.verify(() => Promise.resolve(amina), "guess");
  await hasher.verify(nobody, "guess");
  const checked = vi.mocked(verify).mock.calls.map(([passwordHash]) => String(passwordHash));
  expect(checked).toHaveLength(2);
  expect(new Set(checked.map((text) => text.split("$").slice(0, 4).join("$"))).size).toBe(1);
});

test("a new password's hash is good for checking it", async () => {
  const hasher = await createPasswordHasher();
  const amina = { passwordHash: await hasher.hash("mvua ya kwanza") };
  expect(amina.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.verify(() => Promise.resolve(amina), "mvua ya kwanza")).toBe(amina);
});

test("2 at once, 32 waiting, the rest is told to come again; afterwards all is as before", async () => {
  const hasher = await createPasswordHasher();
  let asked = 0;
  const find = () => {
    asked += 1;
    return nobody();
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, () => hasher.verify(find, "x")),
  );
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(refused).toHaveLength(6);
  for (const { reason } of refused) expect((reason as DarasaError).code).toBe("busy");
  expect(await hasher.verify(nobody, "x")).toBeNull();
  expect(asked).toBe(34);
});
