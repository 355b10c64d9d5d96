import { describe, expect, it } from "vitest";
import css from "./theme.css?raw";

type Theme = ReadonlyMap<string, string>;

function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g);
  return new Map([...found].map(([, name = "", value = ""]) => [name, value]));
}

const light: Theme = tokensOf(":root");
const dark: Theme = new Map([...light, ...tokensOf(':root[data-theme="dark"]')]);

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, front: string, back: string): number {
  const [a, b] = [front, back].map((name) => luminance(theme.get(name) ?? "#808080"));
  const [lighter, darker] = [Math.max(a ?? 0, b ?? 0), Math.min(a ?? 0, b ?? 0)];
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["paper", "surface", "raised", "sunken"];
const texts = [
  ...["ink", "ink-soft", "ink-faint"].flatMap((text) => grounds.map((ground) => [text, ground])),
  ...["link", "primary-ink", "danger-ink"].flatMap((text) =>
    ["paper", "surface", "raised"].map((ground) => [text, ground]),
  ),
  ...["primary", "saffron", "danger", "success"].map((name) => [`on-${name}`, name]),
  ["on-primary", "primary-hover"],
  ["on-primary", "primary-active"],
  ["on-saffron", "saffron-hover"],
  ["on-danger", "danger-hover"],
  ...["primary", "saffron", "danger", "success"].map((name) => [`${name}-ink`, `${name}-soft`]),
  ["primary-ink", "primary-soft-hover"],
  ["ink-soft", "primary-soft"],
  ["neutral-ink", "neutral-soft"],
  ["on-stage", "stage"],
  ["on-stage-soft", "stage"],
  ...Array.from({ length: 8 }, (_, index) => ["on-person", `person-${index}`]),
] as [string, string][];

/** Borders of controls, the focus ring and what carries a meaning without words (WCAG 1.4.11). */
const shapes = [
  ...["paper", "surface", "raised"].flatMap((ground) => [
    ["line-strong", ground],
    ["focus", ground],
    ["primary", ground],
  ]),
] as [string, string][];

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_, theme) => {
  it("knows every colour that is measured", () => {
    const unknown = [...texts, ...shapes].flat().filter((name) => !theme.has(name));
    expect(unknown).toEqual([]);
  });

  it("keeps text at 4.5 to 1 and better", () => {
    const weak = texts.filter(([front, back]) => contrast(theme, front, back) < 4.5);
    expect(weak).toEqual([]);
  });

  it("keeps shapes at 3 to 1 and better", () => {
    const weak = shapes.filter(([front, back]) => contrast(theme, front, back) < 3);
    expect(weak).toEqual([]);
  });
});
