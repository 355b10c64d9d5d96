import { DarasaError } from "@darasa/protocol";
import type { Picture } from "./picture.ts";
/** getPicture */
export function getPicture(..._given: unknown[]): Promise<Picture> {
  return Promise.reject(new DarasaError("unavailable"));
}
