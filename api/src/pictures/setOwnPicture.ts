import { DarasaError } from "@darasa/protocol";

/** setOwnPicture */
export function setOwnPicture(..._given: unknown[]): Promise<string> {
  return Promise.reject(new DarasaError("unavailable"));
}
