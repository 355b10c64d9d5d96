import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { describeClass } from "./describeByCode.ts";
import { isOfCode, verifyGuestLink } from "./guestLink.ts";
import type { Invitation } from "./invitation.ts";
import { teachesClass } from "./store.ts";

/**
 * The class that a guest's link opens, with what this link asks: no PIN, and no wait where it says so.
 * @throws DarasaError link_invalid, class_ended, school_suspended
 */
export async function describeByLink(
  services: Services,
  token: string,
): Promise<Invitation & { readonly name: string | null }> {
  const claims = await verifyGuestLink(services, token);
  if (!claims) throw new DarasaError("link_invalid");
  const { described, isVouchedFor } = await services.database.inSchool(
    claims.school,
    async (tx) => ({
      described: await describeClass(tx, claims.liveClass),
      isVouchedFor: await teachesClass(tx, claims.liveClass, claims.madeBy),
    }),
  );
  if (!described) throw new DarasaError("class_ended");
  const isGood = isVouchedFor && isOfCode(services, claims, described.code);
  if (!isGood) throw new DarasaError("link_invalid");
  const { guests, ...shown } = described.invitation;
  const isLetIn = claims.skipWaitingRoom && guests === "waiting_room";
  return {
    ...shown,
    asksPin: false,
    guests: isLetIn ? "allowed" : guests,
    name: claims.name ?? null,
  };
}
