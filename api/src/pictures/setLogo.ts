import { DarasaError } from "@darasa/protocol";

/** setLogo */
export function setLogo(..._given: unknown[]): Promise<string> {
  return Promise.reject(new DarasaError("unavailable"));
}
