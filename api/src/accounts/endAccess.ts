import { notifyControl, type SchoolTransaction } from "@darasa/database";
import type { Services } from "../services.ts";
import { listSignInIds, revokeSignIns } from "../signIns/store.ts";

/** As many as one message to the gateways may name. */
const maxIdsAtOnce = 100;

/** Some sign-ins of one person. */
export interface EndingSignIns {
  readonly schoolId: string;
  /** The account's id, or a guest's own. */
  readonly userId: string;
  readonly signInIds: readonly string[];
}

/**
 * Ends these sign-ins with all their tokens, and has the gateways close what they opened. It holds when the
 * transaction commits.
 */
export async function endSignIns(
  services: Pick<Services, "now" | "signIns">,
  tx: SchoolTransaction,
  { schoolId, userId, signInIds }: EndingSignIns,
): Promise<void> {
  const atMs = services.now();
  await revokeSignIns(tx, signInIds, atMs);
  for (let first = 0; first < signInIds.length; first += maxIdsAtOnce) {
    const ids = signInIds.slice(first, first + maxIdsAtOnce);
    await notifyControl(tx, {
      kind: "accessChanged",
      schoolId,
      participantId: userId,
      signInIds: ids,
      atMs,
    });
  }
  for (const signInId of signInIds) services.signIns.forget(signInId);
}

/** Ends every sign-in of an account, or all but one: a new password, a closed account. */
export async function endAllSignIns(
  services: Pick<Services, "now" | "signIns">,
  tx: SchoolTransaction,
  account: { readonly schoolId: string; readonly userId: string; readonly except?: string },
): Promise<void> {
  const { schoolId, userId, except } = account;
  const all = await listSignInIds(tx, userId, services.now());
  const signInIds = all.filter((signInId) => signInId !== except);
  await endSignIns(services, tx, { schoolId, userId, signInIds });
}

/**
 * Has the gateways let go of all of the person's connections, which must come anew: what they may do has changed
 * (role, membership, a closed account). Call it after the change, in its transaction.
 */
export async function changeAccess(
  services: Pick<Services, "now" | "signIns">,
  tx: SchoolTransaction,
  person: { readonly schoolId: string; readonly participantId: string },
): Promise<void> {
  const atMs = services.now();
  await notifyControl(tx, { kind: "accessChanged", ...person, signInIds: null, atMs });
  const signInIds = await listSignInIds(tx, person.participantId, atMs);
  for (const signInId of signInIds) services.signIns.forget(signInId);
}
