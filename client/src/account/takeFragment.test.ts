import { expect, it } from "vitest";
import { takeFragment } from "./takeFragment.ts";

function addressBar(hash: string) {
  const shown: unknown[] = [];
  return {
    shown,
    location: { hash, pathname: "/reset", search: "" },
    history: { state: null, replaceState: (...given: unknown[]) => void shown.push(given.at(-1)) },
  };
}

it("gives the token and leaves nothing of it in the address", () => {
  const bar = addressBar("#school.se-cret_1");
  expect(takeFragment(bar)).toBe("school.se-cret_1");
  expect(bar.shown).toEqual(["/reset"]);
});

it("leaves an address without a token alone", () => {
  const bar = addressBar("");
  expect(takeFragment(bar)).toBe("");
  expect(bar.shown).toEqual([]);
});

it("takes a broken one for what it is", () => {
  expect(takeFragment(addressBar("#%"))).toBe("%");
});
