import { z } from "@hono/zod-openapi";

/**
 * Characters that deceive in a name: controls, lone surrogates, line and paragraph separators, bidi
 * embeddings, overrides and isolates (Unicode TR36 §2.5.1), and invisible spaces. Zero-width joiners stay:
 * scripts and emoji need them.
 */
const deceptive =
  /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
/** Joiners, fillers, the empty Braille cell, marks on nothing: a text of these alone shows nothing. */
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{M}\u2800\s]*$/u;

/** The text without deceptive characters, trimmed, with single spaces, in NFC. */
export function cleanDisplayText(text: string): string {
  const clean = text
    .normalize("NFC")
    .replace(/[\t\n\r]/gu, " ")
    .replace(deceptive, "")
    .replace(/\s+/gu, " ")
    .trim();
  return invisible.test(clean) ? "" : clean;
}

/** A name or title in a body: cleaned, then 1 to `maxLength` code points. HTML is text like any other. */
export function displayTextSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength * 8)
    .transform(cleanDisplayText)
    .refine((text) => text.length > 0 && Array.from(text).length <= maxLength, {
      message: `must have 1 to ${maxLength} visible characters`,
    });
}
