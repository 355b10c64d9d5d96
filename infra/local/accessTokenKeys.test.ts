import { expect, test } from "vitest";
import { rotateAccessTokenKeys } from "./accessTokenKeys.ts";

const dayMs = 24 * 60 * 60 * 1000;
const bornMs = 1_800_000_000_000;

function kids(keys: ReturnType<typeof rotateAccessTokenKeys>): string[] {
  return keys.map(({ key }) => key.kid);
}

test("a key signs for thirty days and stays the same at every start", () => {
  const first = rotateAccessTokenKeys([], bornMs);
  expect(first).toHaveLength(1);
  expect(rotateAccessTokenKeys(first, bornMs + 30 * dayMs - 1)).toEqual(first);
});

test("then another signs, and the old one is believed for a day", () => {
  const first = rotateAccessTokenKeys([], bornMs);
  const changedMs = bornMs + 31 * dayMs;
  const second = rotateAccessTokenKeys(first, changedMs);
  expect(second).toHaveLength(2);
  expect(kids(second)[1]).toBe(kids(first)[0]);
  expect(kids(second)[0]).not.toBe(kids(first)[0]);

  expect(rotateAccessTokenKeys(second, changedMs + dayMs - 1)).toEqual(second);
  expect(rotateAccessTokenKeys(second, changedMs + dayMs)).toEqual([second[0]]);
});
