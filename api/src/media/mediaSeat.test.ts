import { trackKinds } from "@darasa/protocol";
import { expect, test } from "vitest";
import { allowedSources, type SourceRule } from "./mediaSeat.ts";

const rule: SourceRule = {
  role: "student",
  classSources: ["microphone", "camera"],
  ownSources: null,
  isPresenter: false,
};

test.each<readonly [string, Partial<SourceRule>, readonly string[]]>([
  ["a student sends what the class says", {}, ["microphone", "camera"]],
  ["a guest too", { role: "guest", classSources: ["microphone"] }, ["microphone"]],
  ["an exception counts in place of the class", { ownSources: ["camera"] }, ["camera"]],
  ["an exception may be nothing", { ownSources: [] }, []],
  ["the presenter sends the screen too", { isPresenter: true }, trackKinds],
  [
    "the presenter whom nothing else is allowed the screen alone",
    { isPresenter: true, ownSources: [] },
    ["screen"],
  ],
  [
    "a teacher sends all, whatever was said of others",
    { role: "teacher", classSources: [], ownSources: [] },
    trackKinds,
  ],
])("%s", (_what, change, expected) => {
  expect(allowedSources({ ...rule, ...change })).toEqual(expected);
});
