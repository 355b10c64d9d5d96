import { describe, expect, it } from "vitest";
import type { School } from "./school.ts";
import { changeOf, faultsOf, makeDraft, removesSomething } from "./schoolDraft.ts";

const school: School = {
  id: "0c5a7d52-7a32-4a3c-9d0e-000000000001",
  slug: "demo",
  name: "Demo",
  colour: "#0f766e",
  logo: null,
  signUpLanguage: "en",
  classStarters: "teachers",
  studentDirectMessages: false,
  guestPolicy: "waiting_room",
  videoProvider: "mesh",
  lateAfterMinutes: 10,
  presentFromPercent: 75,
  keepMessagesDays: 730,
  keepAttendanceDays: 1095,
  keepBoardsDays: 1095,
  recordings: "forbidden",
  keepRecordingsDays: 90,
  keepAuditDays: 1095,
  limits: { maxUsers: 5000, maxRooms: 2000, maxBoardsPerRoom: 200, maxGuestsPerClass: 300 },
  use: { users: 12, rooms: 3 },
};
const draft = makeDraft(school);

describe("a draft of the school's settings", () => {
  it("untouched has no faults and changes nothing", () => {
    expect(faultsOf(draft)).toEqual({});
    expect(changeOf(school, draft)).toEqual({});
  });

  it("changes what was touched and no more", () => {
    const touched = {
      ...draft,
      name: " Green Hill ",
      colour: "#0F766E",
      guestPolicy: "forbidden" as const,
      lateAfterMinutes: " 5 ",
    };
    expect(faultsOf(touched)).toEqual({});
    expect(changeOf(school, touched)).toEqual({
      name: "Green Hill",
      guestPolicy: "forbidden",
      lateAfterMinutes: 5,
    });
  });

  it.each([
    [{ name: "  " }, "name", "school.nameMissing"],
    [{ colour: "teal" }, "colour", "school.colourFault"],
    [{ colour: "#ffd54a" }, "colour", "school.colourPale"],
    [{ lateAfterMinutes: "" }, "lateAfterMinutes", "school.numberFault"],
    [{ presentFromPercent: "101" }, "presentFromPercent", "school.numberFault"],
    [{ keepMessagesDays: "1.5" }, "keepMessagesDays", "school.numberFault"],
    [{ keepAuditDays: "89" }, "keepAuditDays", "school.numberFault"],
  ])("%j does not do", (change, field, key) => {
    expect(faultsOf({ ...draft, ...change })).toMatchObject({ [field]: { key } });
  });

  it("knows when less is kept than before", () => {
    expect(removesSomething(school, { keepMessagesDays: 30 })).toBe(true);
    expect(removesSomething(school, { keepMessagesDays: 900, lateAfterMinutes: 1 })).toBe(false);
  });
});
