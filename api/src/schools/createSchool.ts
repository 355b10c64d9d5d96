import { DarasaError } from "@darasa/protocol";
import type { IssuedSignIn } from "../signIns/openSignIn.ts";
/** createSchool */
export function createSchool(
  ..._given: unknown[]
): Promise<IssuedSignIn | { readonly verify: true }> {
  return Promise.reject(new DarasaError("unavailable"));
}
