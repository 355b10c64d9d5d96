import type { SchoolTransaction } from "@darasa/database";
import type { Services } from "../services.ts";
import { findStep } from "./authenticator.ts";
import { hashRecoveryCode } from "./recoveryCodes.ts";
import { openSecret, type SecretOwner } from "./sealSecret.ts";
import { loadSecondFactor, useRecoveryCode, useStep } from "./store.ts";

const sixDigits = /^\d{6}$/;

/**
 * Whether the code is good for that account's confirmed second factor: the authenticator's of this half minute, or
 * one of the recovery codes. Either is used up by it.
 */
export async function useCode(
  services: Pick<Services, "keys" | "now">,
  tx: SchoolTransaction,
  { code, ...owner }: SecretOwner & { readonly code: string },
): Promise<boolean> {
  const factor = await loadSecondFactor(tx, owner.userId);
  if (!factor?.sealed || !factor.isConfirmed) return false;
  const typed = code.replace(/\s/g, "");
  if (sixDigits.test(typed)) {
    return useTimeCode(services, tx, { owner, sealed: factor.sealed, code: typed });
  }
  const codeHash = hashRecoveryCode(services.keys.recoveryCodes, typed);
  return useRecoveryCode(tx, { userId: owner.userId, codeHash }, services.now());
}

/** Whether it is the authenticator's code of now, which is used up by it. */
export async function useTimeCode(
  services: Pick<Services, "keys" | "now">,
  tx: SchoolTransaction,
  given: { readonly owner: SecretOwner; readonly sealed: Buffer; readonly code: string },
): Promise<boolean> {
  const secret = openSecret(services.keys.secondFactor, given.owner, given.sealed);
  const step = findStep(secret, given.code, services.now());
  return step !== null && useStep(tx, given.owner.userId, step);
}
