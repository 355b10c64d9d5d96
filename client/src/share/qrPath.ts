import { encode } from "uqr";

/** Modules of white that a reader needs around the code (ISO/IEC 18004). */
const quietZone = 4;

/** A QR code to draw: a square of `size` × `size`, and the dark modules in it as the path of an SVG. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

/** The QR code of a text. Neighbouring modules of a line are one rectangle. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: "M", border: quietZone });
  return { size, path: data.map(linePath).join("") };
}

function linePath(line: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < line.length;) {
    const start = x;
    while (line[x] === true) x += 1;
    if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
    else x += 1;
  }
  return path;
}
