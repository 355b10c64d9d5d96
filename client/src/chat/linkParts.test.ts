import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkParts } from "./linkParts.ts";

const links = (text: string) => linkParts(text).flatMap((part) => part.href ?? []);

describe("linkParts", () => {
  test("makes http and https addresses links, and leaves the rest as it is", () => {
    expect(linkParts("See https://example.org/a?b=1#c and http://example.org.")).toEqual([
      { text: "See ", href: null },
      { text: "https://example.org/a?b=1#c", href: "https://example.org/a?b=1#c" },
      { text: " and ", href: null },
      { text: "http://example.org", href: "http://example.org/" },
      { text: ".", href: null },
    ]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "www.example.org",
    "https://",
    "https://[",
    "https://bank.example@evil.example/",
  ])("makes no link of %s", (text) => {
    expect(links(text)).toEqual([]);
  });

  test.each([
    ["(https://example.org/a)", "https://example.org/a"],
    ["https://example.org/a_(b)", "https://example.org/a_(b)"],
    ["https://example.org/a, then", "https://example.org/a"],
    ["**https://example.org/a**", "https://example.org/a"],
    ["<https://example.org/a>", "https://example.org/a"],
    ["HTTPS://EXAMPLE.ORG/A", "https://example.org/A"],
  ])("of %s links the address only", (text, href) => {
    expect(links(text)).toEqual([href]);
  });

  test("loses no character and links nothing but the web", () => {
    const piece = fc.constantFrom(
      "https://a.b/",
      "http:",
      "//",
      ")",
      "(",
      ".",
      " ",
      "\n",
      "javascript:",
      "x",
      "é",
      "💡",
      "@",
      "'",
      "<",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join("");
        const parts = linkParts(text);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const { href } of parts) if (href !== null) expect(href).toMatch(/^https?:\/\//);
      }),
      { numRuns: 1000 },
    );
  });
});
