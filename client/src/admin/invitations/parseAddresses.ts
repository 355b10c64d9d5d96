/** One address as it was pasted. */
export interface PastedAddress {
  /** As it stands in the text. */
  readonly text: string;
  /** In its canonical form; null when it is none. */
  readonly email: string | null;
}

/** As many as one invitation takes. */
export const maxAddresses = 100;

const pattern = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;

/** Whether it looks like an address, spaces around aside. */
export function isEmail(text: string): boolean {
  return pattern.test(text.trim()) && text.trim().length <= 254;
}

/**
 * The addresses of a text as people paste it from a mail or a table: parted by lines, spaces, commas or semicolons,
 * with or without names ("Amina Juma <amina@school.example>"). Each once.
 */
export function parseAddresses(text: string): readonly PastedAddress[] {
  const pieces = text
    .replace(/[^,;\n<>]*<([^<>\n]*)>/g, " $1 ")
    .split(/[\s,;]+/u)
    .filter((piece) => piece !== "");
  const found = new Map<string, PastedAddress>();
  for (const piece of pieces) {
    const email = isEmail(piece) ? piece.toLowerCase() : null;
    const key = email ?? piece;
    if (!found.has(key)) found.set(key, { text: piece, email });
  }
  return [...found.values()];
}
