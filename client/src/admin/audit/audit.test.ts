import { describe, expect, it } from "vitest";
import { words as english } from "../../i18n/en/admin.ts";
import { words as swahili } from "../../i18n/sw/admin.ts";
import { words as start } from "../../i18n/en/start.ts";
import { translate } from "../../i18n/translate.ts";
import { auditActions } from "./actionOptions.ts";
import type { AuditEvent } from "./auditEvent.ts";
import { decodeAuditFilter } from "./auditFilter.ts";
import { auditValues, nameIn } from "./auditValues.ts";

const id = "0f3a2c1e-0000-4000-8000-000000000001";
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

describe("the filter of an address", () => {
  it("takes what makes sense and nothing else", () => {
    expect(decodeAuditFilter({ actor: id, action: "user.erased" })).toEqual({
      actor: id,
      action: "user.erased",
    });
    expect(decodeAuditFilter({ actor: "me", subject: ["x"], action: "user.eaten" })).toEqual({});
  });
});
