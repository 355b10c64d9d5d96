import { DarasaError } from "@darasa/protocol";
import { measurePng } from "./measurePng.ts";
import { measureWebp } from "./measureWebp.ts";
import { maxPictureSide, type Picture } from "./picture.ts";
import type { PictureFault, PictureSize } from "./pictureFault.ts";

/**
 * What somebody sent, as the picture that it is: known by its first bytes and not by what it was called, and
 * walked through to its end. It is never decoded here.
 * @throws DarasaError bad_request saying why it is not taken
 */
export function checkPicture(bytes: Uint8Array): Picture {
  const body = Buffer.from(bytes);
  const isPng = body[0] === 0x89;
  const measured = isPng ? measurePng(body) : measureWebp(body);
  if ("fault" in measured) throw refusal(measured);
  if (!isSmall(measured)) {
    throw refusal({ fault: `must have 1 to ${maxPictureSide} pixels on each side` });
  }
  return { mediaType: isPng ? "image/png" : "image/webp", body };
}

function isSmall({ width, height }: PictureSize): boolean {
  return [width, height].every((side) => side >= 1 && side <= maxPictureSide);
}

function refusal({ fault }: PictureFault): DarasaError {
  return new DarasaError("bad_request", { details: { detail: `picture: ${fault}` } });
}
