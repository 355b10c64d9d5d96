import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { tableWords, type TableLanguage, type TableWords } from "./tableWords.ts";

/**
 * Where the pages have a word for the same thing, by its key in their catalogue. Neither folder may import the other:
 * who changes one of the two is told here.
 */
const onPages: Readonly<Record<string, string>> = {
  "verdicts.present": "register.verdictPresent",
  "verdicts.late": "register.verdictLate",
  "verdicts.left_early": "register.verdictLeftEarly",
  "verdicts.absent": "register.verdictAbsent",
  "verdicts.excused": "register.verdictExcused",
  "roles.teacher": "common.teacher",
  "roles.student": "common.student",
  "roles.guest": "common.guest",
  yes: "classroom.reaction.yes",
  no: "classroom.reaction.no",
  name: "register.name",
  role: "register.role",
  minutes: "register.minutesLabel",
  minutesSheet: "register.minutesLabel",
  minutesInAll: "register.minutesInAll",
  verdict: "register.verdict",
  class: "register.class",
  classFile: "register.classFile",
  termFile: "register.termFile",
};

/** Those that say more than the page's, which has its place to say the rest: they begin or end with it. */
const longer: typeof onPages = {
  firstJoined: "register.firstJoined",
  lastLeft: "register.lastLeft",
  cameShare: "register.cameLabel",
  reason: "register.reason",
};

/** What only a table says: the page shows it by its place, a sign or a whole sentence. */
const inTablesOnly = [
  "presentNow",
  "computed",
  "correctedBy",
  "correctedAt",
  "started",
  "registerSheet",
  "correctionsSheet",
];

async function pageWords(language: TableLanguage): Promise<Readonly<Record<string, string>>> {
  const files = ["register", "common", "classroom"].map(async (name) => {
    const path = `../../../client/src/i18n/${language}/${name}.json`;
    const text = await readFile(new URL(path, import.meta.url), "utf8");
    return JSON.parse(text) as Record<string, string>;
  });
  return Object.assign({}, ...(await Promise.all(files))) as Record<string, string>;
}

function flatten({ verdicts, roles, ...plain }: TableWords): Readonly<Record<string, string>> {
  const under = (prefix: string, words: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(words).map(([key, word]) => [`${prefix}.${key}`, word]));
  return { ...under("verdicts", verdicts), ...under("roles", roles), ...plain };
}

describe.each(["en", "sw"] as const)("the words of tables in %s", (language) => {
  const inTables = flatten(tableWords[language]);
  const lower = (text = "") => text.toLocaleLowerCase(language);

  it("are those of the pages, where those name the same thing", async () => {
    const page = await pageWords(language);
    for (const [word, key] of Object.entries(onPages)) {
      expect(lower(inTables[word]), word).toBe(lower(page[key]));
    }
    for (const [word, key] of Object.entries(longer)) {
      const [own, shorter] = [lower(inTables[word]), lower(page[key])];
      expect(own.startsWith(shorter) || own.endsWith(shorter), `${own}: ${shorter}`).toBe(true);
    }
  });

  it("are all compared, or known to be in no page", () => {
    const known = [...Object.keys(onPages), ...Object.keys(longer), ...inTablesOnly];
    expect(Object.keys(inTables).toSorted()).toEqual(known.toSorted());
  });
});
