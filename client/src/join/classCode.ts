import { classCodeAlphabet, classCodeLength, classCodePattern } from "@darasa/protocol";

/**
 * The code in what somebody typed or pasted: capitals of the alphabet only, at most six; from a join link, its
 * code. Spaces, hyphens and everything that is in no code are dropped.
 */
export function cleanClassCode(typed: string): string {
  const code = /\/join\/([^/?#\s]+)/.exec(typed)?.[1] ?? typed;
  return Array.from(code.toUpperCase())
    .filter((character) => classCodeAlphabet.includes(character))
    .join("")
    .slice(0, classCodeLength);
}

/** True for six characters that could be a code. */
export function isClassCode(code: string): boolean {
  return classCodePattern.test(code);
}
