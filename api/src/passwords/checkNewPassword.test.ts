import { DarasaError } from "@darasa/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkNewPassword } from "./checkNewPassword.ts";

const owner = { name: "Amina Juma", email: "a.juma@school.example" };

function isGood(password: string, who = owner): boolean {
  try {
    checkNewPassword(password, who);
    return true;
  } catch (error) {
    if (error instanceof DarasaError && error.code === "weak_password") return false;
    throw error;
  }
}

test.each([
  "correct horse battery",
  "vt5-k9wq",
  "Mvua ya kwanza",
  "密码学课堂真有趣",
  "x7".repeat(3) + "mango!",
  "kahawa yenye sukari nyingi".padEnd(128, "!"),
])("%s may be set", (password) => expect(isGood(password)).toBe(true));

test.each([
  ["shorter than 8 bytes", "vt5-k9w"],
  ["longer than 128 bytes", "kahawa yenye sukari".padEnd(129, "!")],
  ["longer than 128 bytes in fewer characters", "é".repeat(65)],
  ["common", "password"],
  ["common", "1234567890"],
  ["common in capitals", "PASSWORD1"],
  ["common in full-width letters", "ｐａｓｓｗｏｒｄ"],
  ["common with a year behind it", "football2026!"],
  ["the same letter over and over", "aaaaaaaaaaaa"],
  ["two letters over and over", "abababababab"],
  ["with a name of the person", "amina-is-great"],
  ["with the e-mail's name", "my a.juma word"],
])("%s: %s", (_why, password) => expect(isGood(password)).toBe(false));

test("short names forbid nothing", () => {
  expect(isGood("the alignment of stars", { name: "Ali Bo", email: "al@school.example" })).toBe(
    true,
  );
});

test("random passwords of 12 characters may be set", () => {
  const word = fc.array(fc.constantFrom(...Array.from("bcdfghjkmnpqrstvwxz23456789")), {
    minLength: 12,
    maxLength: 12,
  });
  const random = word
    .filter((letters) => new Set(letters).size > 4)
    .map((letters) => letters.join(""));
  fc.assert(fc.property(random, (password) => isGood(password)));
});
