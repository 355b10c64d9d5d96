import type { catalogue as english } from "./en/catalogue.ts";
import type { Language } from "./language.ts";
import type { Catalogue } from "./translate.ts";

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;

/** A key of the English files; of a text with plural forms, the part before `_one` and `_other`. */
export type TextKey = WithoutPlural<keyof typeof english>;

/**
 * What is fetched together: the words before and after a class, those of the classroom itself, of its register, of
 * the doors (signing in and the like), of one's own account, of running a school, of joining by a code or link, of
 * inviting, of who belongs to a room, of children's safety, of a new school's first steps, and those of all other
 * pages.
 */
export type CataloguePart =
  | "start"
  | "class"
  | "classroom"
  | "register"
  | "door"
  | "account"
  | "admin"
  | "join"
  | "share"
  | "members"
  | "safeguarding"
  | "steps";

/** Brings one part of one language, and no other's; in English when that language cannot be had. */
export async function loadCatalogue(language: Language, part: CataloguePart): Promise<Catalogue> {
  try {
    return await loaders[language][part]();
  } catch (error) {
    if (language === "en") throw error;
    return loaders.en[part]();
  }
}

const loaders: Record<Language, Record<CataloguePart, () => Promise<Catalogue>>> = {
  en: {
    start: async () => (await import("./en/start.ts")).words,
    class: async () => (await import("./en/class.ts")).words,
    classroom: async () => (await import("./en/classroom.ts")).words,
    register: async () => (await import("./en/register.ts")).words,
    door: async () => (await import("./en/door.ts")).words,
    account: async () => (await import("./en/account.ts")).words,
    admin: async () => (await import("./en/admin.ts")).words,
    join: async () => (await import("./en/join.ts")).words,
    share: async () => (await import("./en/share.ts")).words,
    members: async () => (await import("./en/members.ts")).words,
    safeguarding: async () => (await import("./en/safeguarding.ts")).words,
    steps: async () => (await import("./en/steps.ts")).words,
  },
  sw: {
    start: async () => (await import("./sw/start.ts")).words,
    class: async () => (await import("./sw/class.ts")).words,
    classroom: async () => (await import("./sw/classroom.ts")).words,
    register: async () => (await import("./sw/register.ts")).words,
    door: async () => (await import("./sw/door.ts")).words,
    account: async () => (await import("./sw/account.ts")).words,
    admin: async () => (await import("./sw/admin.ts")).words,
    join: async () => (await import("./sw/join.ts")).words,
    share: async () => (await import("./sw/share.ts")).words,
    members: async () => (await import("./sw/members.ts")).words,
    safeguarding: async () => (await import("./sw/safeguarding.ts")).words,
    steps: async () => (await import("./sw/steps.ts")).words,
  },
};
