import { DarasaError } from "@darasa/protocol";
import type { Picture } from "./picture.ts";
/** getLogo */
export function getLogo(..._given: unknown[]): Promise<Picture> {
  return Promise.reject(new DarasaError("unavailable"));
}
