import { DarasaError } from "@darasa/protocol";
import type { School } from "./schoolSettings.ts";
/** changeSchool */
export function changeSchool(..._given: unknown[]): Promise<School> {
  return Promise.reject(new DarasaError("unavailable"));
}
