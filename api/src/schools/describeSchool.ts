import { DarasaError } from "@darasa/protocol";
import type { PublicSchool } from "./schoolSettings.ts";
/** describeSchool */
export function describeSchool(..._given: unknown[]): Promise<PublicSchool> {
  return Promise.reject(new DarasaError("unavailable"));
}
