import { describe, expect, it } from "vitest";
import type { GovernedSchool } from "./governedSchool.ts";
import { isBelowUse, limitFaults, limitsChange, makeLimitsDraft } from "./limitsDraft.ts";

const school: GovernedSchool = {
  id: "0f3a2c1e-0000-4000-8000-000000000001",
  slug: "green-hill",
  name: "Green Hill",
  createdAtMs: 0,
  suspendedAtMs: null,
  limits: { maxUsers: 2000, maxRooms: 200, maxBoardsPerRoom: 50, maxGuestsPerClass: 0 },
  use: { users: 120, rooms: 14 },
};
const untouched = makeLimitsDraft(school.limits);

describe("the limits of a school", () => {
  it("change only where they were changed", () => {
    expect(limitsChange(school.limits, untouched)).toEqual({});
    expect(limitsChange(school.limits, { ...untouched, maxUsers: " 1000000 " })).toEqual({
      maxUsers: 1_000_000,
    });
  });

  it("are whole numbers within what the server takes", () => {
    expect(limitFaults(untouched)).toEqual([]);
    const wrong = { maxUsers: "0", maxRooms: "", maxBoardsPerRoom: "5.5", maxGuestsPerClass: "-1" };
    expect(limitFaults(wrong)).toHaveLength(4);
    expect(limitFaults({ ...untouched, maxUsers: "1000001" })).toEqual(["maxUsers"]);
  });

  it("may be below what is used: nobody is put out, and the operator is told", () => {
    const draft = { ...untouched, maxUsers: "100", maxRooms: "14", maxBoardsPerRoom: "1" };
    expect(isBelowUse(school, "maxUsers", draft)).toBe(true);
    expect(isBelowUse(school, "maxRooms", draft)).toBe(false);
    expect(isBelowUse(school, "maxBoardsPerRoom", draft)).toBe(false);
  });
});
