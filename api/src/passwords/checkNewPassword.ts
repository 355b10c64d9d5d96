import { DarasaError } from "@darasa/protocol";
import { dictionary } from "@zxcvbn-ts/language-common";
import { maxPasswordBytes } from "../accounts/credentials.ts";

const minPasswordBytes = 8;
/** Shorter parts of a name would forbid too much: "Ali" is in "alignment". */
const minNamePartLength = 4;

const common: ReadonlySet<string> = new Set(
  dictionary["passwords-common"].filter((password) => password.length >= minPasswordBytes),
);

/** Whose password it is to be, as far as it is known. */
export interface PasswordOwner {
  readonly name: string | null;
  readonly email: string | null;
}

/**
 * Lets a password pass that may be set: 8 to 128 bytes of UTF-8, not one of the common ones, and without the
 * person's own name or the part of the e-mail address before the @.
 * @throws DarasaError weak_password
 */
export function checkNewPassword(password: string, owner: PasswordOwner): void {
  const bytes = Buffer.byteLength(password);
  const folded = fold(password);
  if (bytes < minPasswordBytes || bytes > maxPasswordBytes) throw new DarasaError("weak_password");
  if (isCommon(folded) || isMonotonous(folded)) throw new DarasaError("weak_password");
  if (ownWords(owner).some((word) => folded.includes(word))) throw new DarasaError("weak_password");
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** Common as it is, or with nothing but digits and signs put behind: "password2026!". */
function isCommon(folded: string): boolean {
  return common.has(folded) || common.has(folded.replace(/[^\p{L}]+$/u, ""));
}

/** One or two characters over and over: "aaaaaaaa", "abababab". */
function isMonotonous(folded: string): boolean {
  return new Set(folded).size <= 2;
}

function ownWords({ name, email }: PasswordOwner): string[] {
  const [local = ""] = fold(email ?? "").split("@");
  const parts = fold(name ?? "").split(/[^\p{L}\p{M}\p{N}]+/u);
  return [...parts, fold(name ?? ""), local].filter((word) => word.length >= minNamePartLength);
}
