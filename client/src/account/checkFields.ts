import type { TextKey } from "../i18n/catalogue.ts";
import { isSlug } from "./makeSlug.ts";
import { passwordStrength } from "./passwordStrength.ts";

/** What to say below a field; undefined when it may be sent. */
export type Fault = TextKey | undefined;

/** Faults by the name of the field. */
export type Faults<Name extends string> = { readonly [Field in Name]?: Fault };

/** What is wrong with an address, as far as that can be seen from here. */
export function emailFault(email: string): Fault {
  if (email.trim() === "") return "account.emailMissing";
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? undefined : "account.emailInvalid";
}

/** What is wrong with a password that is to be set. */
export function newPasswordFault(password: string): Fault {
  switch (passwordStrength(password)) {
    case "tooShort":
      return "account.passwordTooShort";
    case "tooLong":
      return "account.passwordTooLong";
    case "weak":
    case "fair":
    case "good":
    case "strong":
      return undefined;
  }
}

/** What is wrong with a person's name. */
export function nameFault(name: string): Fault {
  return name.trim() === "" ? "account.nameMissing" : undefined;
}

/** What is wrong with the short name of a school that one has; stray capitals and spaces are forgiven. */
export function schoolFault(slug: string): Fault {
  return slug.trim() === "" ? "account.schoolMissing" : undefined;
}

/** What is wrong with the short name of a school that is to be. */
export function newSlugFault(slug: string): Fault {
  return isSlug(slug) ? undefined : "account.newSchoolSlugWrong";
}

/** True when nothing is wrong. */
export function isFaultless(faults: Readonly<Record<string, Fault>>): boolean {
  return Object.values(faults).every((fault) => fault === undefined);
}
