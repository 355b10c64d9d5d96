import { problemCode } from "../api/ApiProblem.ts";
import type { Faults } from "./checkFields.ts";

/** Says at the field that a password which is long enough is one of the common ones. */
export function weakPassword(problem: unknown): Faults<"password"> {
  return problemCode(problem) === "weak_password" ? { password: "account.passwordCommon" } : {};
}
