import {
  createContext,
  createEffect,
  createMemo,
  createSignal,
  useContext,
  type JSX,
  type ParentProps,
} from "solid-js";
import { loadCatalogue, type CataloguePart, type TextKey } from "./catalogue.ts";
import { createFormats, type Formats } from "./formats.ts";
import { storeLanguage, type Language } from "./language.ts";
import { translate, type Catalogue, type Values } from "./translate.ts";

/** The words and formats of the language in use; all of it reactive. */
export interface I18n extends Formats {
  /** The text of a key, placeholders filled. `t("home.members", { count })` picks the plural form. */
  readonly t: (key: TextKey, values?: Values) => string;
  readonly language: () => Language;
  /** Resolves when the words of that part are there too. */
  readonly need: (part: CataloguePart) => Promise<void>;
  /** Resolves when the page speaks that language; it is remembered on this device. */
  readonly setLanguage: (language: Language) => Promise<void>;
}

/** A language with the texts that every page begins with. */
export interface Spoken {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

const I18nContext = createContext<I18n>();

/** Gives everything below it the language that `initial` holds, and the means to change it. */
export function I18nProvider(props: ParentProps<{ readonly initial: Spoken }>): JSX.Element {
  return (
    <I18nContext.Provider value={createI18n(props.initial)}>{props.children}</I18nContext.Provider>
  );
}

/** The language of the page. @throws Error outside an `I18nProvider` */
export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (i18n === undefined) throw new Error("useI18n needs an I18nProvider above it");
  return i18n;
}

function createI18n(initial: Spoken): I18n {
  const [spoken, setSpoken] = createSignal(initial);
  const parts = new Set<CataloguePart>(["start"]);
  const language = (): Language => spoken().language;
  const plural = createMemo(() => new Intl.PluralRules(language()));
  createEffect(() => (document.documentElement.lang = language()));

  // One change after the other: a part that arrives late must not bring an earlier language back.
  let turn = Promise.resolve();
  const speak = (next: () => Language, part?: CataloguePart): Promise<void> => {
    const done = turn.then(async () => {
      const wanted = new Set(parts).add(part ?? "start");
      const spokenNext = await loadParts(next(), wanted);
      wanted.forEach((each) => parts.add(each));
      setSpoken(spokenNext);
    });
    turn = done.catch(() => undefined);
    return done;
  };
  return {
    t: (key, values) => translate(spoken().catalogue, plural(), { key, values }),
    language,
    need: async (part) => {
      if (!parts.has(part)) await speak(language, part);
    },
    setLanguage: async (next) => {
      await speak(() => next);
      storeLanguage(next);
    },
    ...createFormats(language),
  };
}

async function loadParts(language: Language, parts: ReadonlySet<CataloguePart>): Promise<Spoken> {
  const loaded = await Promise.all([...parts].map((part) => loadCatalogue(language, part)));
  return { language, catalogue: Object.assign({}, ...loaded) as Catalogue };
}
