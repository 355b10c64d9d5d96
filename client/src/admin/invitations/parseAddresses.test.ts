import fc from "fast-check";
import { expect, it } from "vitest";
import { parseAddresses } from "./parseAddresses.ts";

it.each([
  ["", []],
  ["a@b.example", ["a@b.example"]],
  [
    "A@B.example, c@d.example;e@f.example\n\n g@h.example ",
    ["a@b.example", "c@d.example", "e@f.example", "g@h.example"],
  ],
  [
    "Amina Juma <amina@school.example>, <kito@school.example>",
    ["amina@school.example", "kito@school.example"],
  ],
  ["a@b.example a@B.example", ["a@b.example"]],
])("of %j are %j", (text, emails) => {
  expect(parseAddresses(text).map(({ email }) => email)).toEqual(emails);
});

it("keeps what is no address, to be shown as such", () => {
  expect(parseAddresses("a@b.example, amina, c@@d")).toEqual([
    { text: "a@b.example", email: "a@b.example" },
    { text: "amina", email: null },
    { text: "c@@d", email: null },
  ]);
});

it("finds every address again, however they are parted", () => {
  const emails = fc.uniqueArray(fc.nat(999).map((number) => `p${number}@home.example`));
  const between = fc.constantFrom(",", "; ", "\n", " ", "\t", ",\n");
  fc.assert(
    fc.property(emails, between, (list, separator) => {
      expect(parseAddresses(list.join(separator)).map(({ email }) => email)).toEqual(list);
    }),
  );
});
