import { expect, it } from "vitest";
import { codeDigits, isWholeCode } from "./codeDigits.ts";

it.each([
  ["123456", "123456"],
  [" 123 456\n", "123456"],
  ["123-456", "123456"],
])("%j holds the code %s", (text, code) => {
  expect(codeDigits(text)).toBe(code);
  expect(isWholeCode(codeDigits(text))).toBe(true);
});

it.each(["", "12345", "1234567"])("%j is no whole code", (text) => {
  expect(isWholeCode(codeDigits(text))).toBe(false);
});
