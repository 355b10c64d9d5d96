type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2 AA for text, with a little to spare for the cloth printed upon it. */
const wantedContrast = 6;
const stepDown = 0.94;

/**
 * The school's colour, darkened until white words upon it can be read; as CSS. `colour` is `#rrggbb`; anything
 * else gives undefined.
 */
export function readableColour(colour: string): string | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return undefined;
  let rgb: Rgb = [channel(colour, 1), channel(colour, 3), channel(colour, 5)];
  while (contrastWithWhite(rgb) < wantedContrast) {
    rgb = [rgb[0] * stepDown, rgb[1] * stepDown, rgb[2] * stepDown];
  }
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

/** Contrast of that colour with white, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastWithWhite([red, green, blue]: Rgb): number {
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return 1.05 / (luminance + 0.05);
}

function channel(colour: string, at: number): number {
  return parseInt(colour.slice(at, at + 2), 16);
}

function linear(channelValue: number): number {
  const value = channelValue / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
