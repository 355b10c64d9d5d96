import { expect, it } from "vitest";
import type { ParticipantId } from "@darasa/protocol";
import { reduceSpeaking, type Speaking } from "./reduceSpeaking.ts";

const neema = "neema" as ParticipantId;
const nobody: Speaking = new Map();
const at = (before: Speaking, level: number, nowMs: number): Speaking =>
  reduceSpeaking(before, new Map([[neema, level]]), nowMs);

it("takes a loud person for speaking and a quiet one not", () => {
  expect(at(nobody, 0.2, 0).has(neema)).toBe(true);
  expect(at(nobody, 0.005, 0).has(neema)).toBe(false);
});

it("bridges the pause between two words, and no longer", () => {
  const loud = at(nobody, 0.2, 0);
  expect(at(loud, 0, 600).has(neema)).toBe(true);
  expect(at(loud, 0, 800).has(neema)).toBe(false);
});

it("forgets who is gone", () => {
  expect(reduceSpeaking(at(nobody, 0.2, 0), new Map(), 10).size).toBe(0);
});
