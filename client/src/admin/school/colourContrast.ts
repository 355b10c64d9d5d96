import { contrastWithWhite } from "../../account/readableColour.ts";

/** WCAG 2.2 AA (1.4.3): what text of ordinary size needs. */
export const enoughContrast = 4.5;

/** How well white words can be read on `#rrggbb`, 1 to 21, rounded down to a tenth; null for anything else. */
export function colourContrast(colour: string): number | null {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  const contrast = contrastWithWhite([parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)]);
  return Math.floor(contrast * 10) / 10;
}
