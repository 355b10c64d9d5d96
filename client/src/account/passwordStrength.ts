/** How a password looks before the server has judged it; only `tooShort` and `tooLong` are certain. */
export type PasswordStrength = "tooShort" | "tooLong" | "weak" | "fair" | "good" | "strong";

/** UTF-8 bytes that the server takes. */
export const passwordBytes = { min: 8, max: 128 } as const;

/**
 * A hint by length and variety: long beats odd. Sequences and repetitions count little. It knows no list of
 * common passwords: the server does.
 */
export function passwordStrength(password: string): PasswordStrength {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < passwordBytes.min) return "tooShort";
  if (bytes > passwordBytes.max) return "tooLong";
  const score = effectiveLength(password) + (kindsOf(password) - 1) * 1.5;
  if (score < 8) return "weak";
  if (score < 12) return "fair";
  return score < 17 ? "good" : "strong";
}

/** True when the server may take it. */
export function isPasswordLong(strength: PasswordStrength): boolean {
  return strength !== "tooShort" && strength !== "tooLong";
}

/** Characters that add something: not the same, the next or the one before of what stands before them. */
function effectiveLength(password: string): number {
  const points = Array.from(password.toLowerCase(), (character) => character.codePointAt(0) ?? 0);
  const steps = points.filter((point, at) => {
    const before = points[at - 1];
    return before === undefined || Math.abs(point - before) > 1;
  });
  return Math.min(steps.length, new Set(points).size * 2);
}

function kindsOf(password: string): number {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];
  return kinds.filter((kind) => kind.test(password)).length;
}
