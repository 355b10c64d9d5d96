import { describe, expect, it } from "vitest";
import { words as english } from "../../i18n/en/admin.ts";
import { words as swahili } from "../../i18n/sw/admin.ts";
import { words as start } from "../../i18n/en/start.ts";
import { translate } from "../../i18n/translate.ts";
import type { School } from "../school/school.ts";
import { makeDraft } from "../school/schoolDraft.ts";
import { auditActions } from "./actionOptions.ts";
import type { AuditEvent } from "./auditEvent.ts";
import { decodeAuditFilter } from "./auditFilter.ts";
import { auditDetails } from "./auditDetails.ts";
import { auditValues, nameIn } from "./auditValues.ts";

const id = "0f3a2c1e-0000-4000-8000-000000000001";
const settingNames = Object.keys({
  ...makeDraft({} as School),
  maxUsers: 1,
  maxRooms: 1,
  maxBoardsPerRoom: 1,
  maxGuestsPerClass: 1,
});
const event: AuditEvent = {
  id: 7,
  atMs: 0,
  actor: { id, name: "Grace Mollel" },
  action: "user.roleChanged",
  subject: { kind: "user", id: id.replace("1e", "2e"), name: "Neema Kimaro" },
  person: null,
  details: { from: "student", to: "teacher" },
};

function sentence(told: AuditEvent, words: Readonly<Record<string, string>> = english): string {
  const t = (key: string, values?: Record<string, string | number>) =>
    translate({ ...start, ...words }, new Intl.PluralRules("en"), { key, values });
  return t(`audit.act.${told.action}`, auditValues(told, t));
}

describe("an entry of the log", () => {
  it("is a sentence with names and roles in words", () => {
    expect(sentence(event)).toBe(
      "Grace Mollel changed the role of Neema Kimaro from Student to Teacher.",
    );
  });

  it("names nobody where the server acted, and nobody who is gone", () => {
    const gone = { ...event, actor: { id: null, name: "system" }, subject: null };
    expect(sentence(gone)).toContain("The server changed the role of …");
  });

  it.each(auditActions)("%s leaves no place empty, in both languages", (action) => {
    for (const words of [english, swahili]) {
      expect(sentence({ ...event, action, details: {} }, words)).not.toMatch(/[{}]|audit\./);
    }
  });

  it("tells the name of whoever is filtered", () => {
    expect(nameIn([event], id)).toBe("Grace Mollel");
    expect(nameIn([event], "nobody")).toBeUndefined();
  });
});

describe("what changed", () => {
  const details = (
    changed: Partial<AuditEvent>,
    words: Readonly<Record<string, string>> = english,
  ) =>
    auditDetails(
      { ...event, action: "school.settingsChanged", ...changed },
      {
        t: (key, values) =>
          translate({ ...start, ...words }, new Intl.PluralRules("en"), { key, values }),
        formatNumber: (value) => value.toLocaleString("en-GB"),
      },
    );

  it("is told in plain words, with what it was", () => {
    const changed = {
      guestPolicy: "forbidden",
      "guestPolicy.was": "allowed",
      keepMessagesDays: 3650,
      "keepMessagesDays.was": 1,
      studentDirectMessages: false,
      "studentDirectMessages.was": true,
    };
    expect(details({ details: changed })).toEqual([
      { name: "Guests without an account", value: "Are not let in", was: "Come in at once" },
      { name: "Messages are kept", value: "3,650 days", was: "1 day" },
      { name: "Students may write to each other alone", value: "Off", was: "On" },
    ]);
  });

  it("leaves out what was not cleared, and what only the server keeps", () => {
    const cleared = { messages: 12, registers: 0, boards: 1, tokens: 40 };
    expect(details({ action: "school.retentionRan", details: cleared })).toEqual([
      { name: "Messages", value: "12", was: undefined },
      { name: "Boards", value: "1", was: undefined },
    ]);
  });

  it.each(settingNames)("%s has a name in both languages", (name) => {
    for (const words of [english, swahili]) {
      const [told] = details({ details: { [name]: 1 } }, words);
      expect(told?.name).not.toMatch(/^$|audit\.|school\./);
    }
  });
});

describe("the filter of an address", () => {
  it("takes what makes sense and nothing else", () => {
    expect(decodeAuditFilter({ actor: id, action: "user.erased" })).toEqual({
      actor: id,
      action: "user.erased",
    });
    expect(decodeAuditFilter({ actor: "me", subject: ["x"], action: "user.eaten" })).toEqual({});
  });
});
