import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { encodeXlsx } from "./encodeXlsx.ts";

/** The texts of the workbook with that one cell, as XML. */
async function textsOf(cell: string): Promise<string> {
  const bytes = await encodeXlsx([{ name: "Register", header: ["Name"], rows: [[cell]] }], "UTC");
  const texts = unzipSync(bytes)["xl/sharedStrings.xml"];
  return texts ? strFromU8(texts) : "";
}

test.each(["\uFFFE", "\uFFFF", "\u0000", "\u000B", "\u001F", "\uD800"])(
  "a name cannot make the workbook unreadable: %j is no character of XML",
  async (character) => {
    expect(await textsOf(`Neema${character}Moshi`)).toContain(">NeemaMoshi<");
  },
);

test("what XML can say stays, markup is text, and nothing is a formula", async () => {
  expect(await textsOf("Zoë 🎓 王")).toContain(">Zoë 🎓 王<");
  expect(await textsOf("<b>&</b>")).toContain("&lt;b&gt;&amp;&lt;/b&gt;");
  expect(await textsOf("=1+1")).toContain(">=1+1<");
});
