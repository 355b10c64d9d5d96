import { DarasaError } from "@darasa/protocol";
import type { GovernedSchool } from "./governedSchool.ts";
/** governSchool */
export function governSchool(..._given: unknown[]): Promise<GovernedSchool> {
  return Promise.reject(new DarasaError("unavailable"));
}
