/** The digits of a one-time code, however they were grouped when it was typed or pasted. */
export function codeDigits(text: string): string {
  return text.replace(/\D/g, "");
}

/** Whether these are as many digits as an authenticator shows. */
export function isWholeCode(digits: string): boolean {
  return digits.length === 6;
}
