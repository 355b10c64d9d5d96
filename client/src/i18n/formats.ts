import { createMemo } from "solid-js";
import type { Language } from "./language.ts";

/** Times, dates and numbers as the language writes them, in the device's time zone. */
export interface Formats {
  /** Hours and minutes: "08:40". */
  readonly formatTime: (atMs: number) => string;
  /** Weekday, day and month: "Friday 21 November". */
  readonly formatDate: (atMs: number) => string;
  /** Day and short month: "21 Nov". Swahili weekdays have no short form. */
  readonly formatDay: (atMs: number) => string;
  readonly formatNumber: (value: number, options?: Intl.NumberFormatOptions) => string;
}

/** East Africa writes day before month and counts to 24 in both languages. */
const locales: Record<Language, string> = { en: "en-GB", sw: "sw-TZ" };

/** Formats that follow `language` wherever they are called in a reactive place. */
export function createFormats(language: () => Language): Formats {
  const time = createMemo(
    () =>
      new Intl.DateTimeFormat(locales[language()], {
        hour: "2-digit",
        minute: "2-digit",
        hour12: false,
      }),
  );
  const date = createMemo(
    () =>
      new Intl.DateTimeFormat(locales[language()], {
        weekday: "long",
        day: "numeric",
        month: "long",
      }),
  );
  const day = createMemo(
    () => new Intl.DateTimeFormat(locales[language()], { day: "numeric", month: "short" }),
  );
  return {
    formatDay: (atMs) => day().format(atMs),
    formatTime: (atMs) => time().format(atMs),
    formatDate: (atMs) => date().format(atMs),
    formatNumber: (value, options) =>
      new Intl.NumberFormat(locales[language()], options).format(value),
  };
}
