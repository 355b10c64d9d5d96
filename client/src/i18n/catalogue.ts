import type { catalogue as english } from "./en/catalogue.ts";
import type { Language } from "./language.ts";
import type { Catalogue } from "./translate.ts";

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;

/** A key of the English files; of a text with plural forms, the part before `_one` and `_other`. */
export type TextKey = WithoutPlural<keyof typeof english>;

/** Brings one language's texts, and no other's; English when that language cannot be had. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  try {
    return await load(language);
  } catch (error) {
    if (language === "en") throw error;
    return load("en");
  }
}

async function load(language: Language): Promise<Catalogue> {
  switch (language) {
    case "en":
      return (await import("./en/catalogue.ts")).catalogue;
    case "sw":
      return (await import("./sw/catalogue.ts")).catalogue;
  }
}
