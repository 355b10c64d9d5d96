import { expect, test } from "vitest";
import { createOthers } from "./createOthers.ts";

const amina = "0198c0de-0000-7000-8000-000000000001";

test("somebody is there as long as one of their pages is", () => {
  const others = createOthers();
  const ids = (remotes: ReturnType<typeof others.meet>) =>
    remotes.map(({ participantId }) => participantId);
  expect(ids(others.meet({ id: "a", userContext: { id: amina } }))).toEqual([amina]);
  expect(ids(others.meet({ id: "b", userContext: { id: amina } }))).toEqual([amina]);
  expect(ids(others.part({ id: "a" }))).toEqual([amina]);
  expect(ids(others.part({ id: "b" }))).toEqual([]);
});

test("whom Jitsi does not name by an id of ours is nobody of the class", () => {
  const others = createOthers();
  expect(others.meet({ id: "a" })).toEqual([]);
  expect(others.meet({ id: "b", userContext: { id: "recorder" } })).toEqual([]);
});
