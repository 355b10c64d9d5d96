import { expect, it } from "vitest";
import type { SessionId } from "@darasa/protocol";
import { isOfferer } from "./offerer.ts";

const low = "0a000000-0000-4000-8000-000000000000" as SessionId;
const high = "f0000000-0000-4000-8000-000000000000" as SessionId;

it("[V4] exactly one side of a pair makes the offers: the one with the greater session id", () => {
  expect(isOfferer(high, low)).toBe(true);
  expect(isOfferer(low, high)).toBe(false);
});
