import { DarasaError } from "@darasa/protocol";
import type { GovernedSchool } from "./governedSchool.ts";
/** listSchools */
export function listSchools(
  ..._given: unknown[]
): Promise<{ schools: GovernedSchool[]; more: boolean }> {
  return Promise.reject(new DarasaError("unavailable"));
}
