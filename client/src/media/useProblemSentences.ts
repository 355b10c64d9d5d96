import { useI18n } from "../i18n/I18n.tsx";
import type { ProblemWords } from "./problemWords.ts";

/** Puts the words of a problem into sentences of the language in use. */
export interface ProblemSentences {
  /** What is wrong. */
  readonly text: (words: ProblemWords) => string;
  /** What to do about it. */
  readonly help: (words: ProblemWords) => string;
}

/** Reactive to the language. @throws Error outside an `I18nProvider` */
export function useProblemSentences(): ProblemSentences {
  const { t } = useI18n();
  return {
    text: (words) => t(words.text, { device: t(words.device) }),
    help: (words) => t(words.help, { device: t(words.device) }),
  };
}
