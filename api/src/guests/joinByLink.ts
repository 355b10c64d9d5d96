import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { isOfCode, verifyGuestLink } from "./guestLink.ts";
import { letGuestIn, type GuestSignIn } from "./letGuestIn.ts";
import { teachesClass } from "./store.ts";

interface LinkJoin {
  readonly token: string;
  /** Used only where the link names nobody. */
  readonly name?: string | undefined;
}

/**
 * Signs somebody in as a guest of the one class that the link opens.
 * @throws DarasaError link_invalid, class_ended, bad_request without a name, rate_limited, guests_forbidden,
 *   limit_reached, school_suspended
 */
export async function joinByLink(services: Services, join: LinkJoin): Promise<GuestSignIn> {
  const claims = await verifyGuestLink(services, join.token);
  if (!claims) throw new DarasaError("link_invalid");
  const name = claims.name ?? join.name;
  if (name === undefined) {
    throw new DarasaError("bad_request", { details: { detail: "name: this link names nobody" } });
  }
  await services.limits.take("join", "subject", claims.liveClass);
  return letGuestIn(services, {
    schoolId: claims.school,
    liveClassId: claims.liveClass,
    name,
    knock: { by: "link", skipWaitingRoom: claims.skipWaitingRoom },
    isStillGood: ({ code }, tx) =>
      code !== null &&
      isOfCode(services, claims, code) &&
      teachesClass(tx, claims.liveClass, claims.madeBy),
  });
}
