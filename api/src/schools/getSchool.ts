import { DarasaError } from "@darasa/protocol";
import type { School } from "./schoolSettings.ts";
/** getSchool */
export function getSchool(..._given: unknown[]): Promise<School> {
  return Promise.reject(new DarasaError("unavailable"));
}
