import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { findByCode } from "./describeByCode.ts";
import { letGuestIn, type GuestSignIn } from "./letGuestIn.ts";

interface GuestJoin {
  readonly code: string;
  /** Cleaned, 1 to 60 code points. */
  readonly name: string;
  /** 4 to 8 digits, when the guest gave some. */
  readonly pin?: string | undefined;
  readonly address: string;
}

/**
 * Signs somebody in as a guest of the one class that the code opens, whether it runs already or not.
 * @throws DarasaError not_found, rate_limited, pin_required, wrong_pin, guests_forbidden, limit_reached,
 *   school_suspended
 */
export async function joinAsGuest(services: Services, join: GuestJoin): Promise<GuestSignIn> {
  const { code, pin, name } = join;
  const { schoolId, liveClassId } = await findByCode(services, code);
  await services.limits.take("join", "subject", code);
  const tryKey = `${liveClassId} ${join.address}`;
  if (pin !== undefined) services.pinDelays.begin(tryKey);
  const guest = await letGuestIn(services, {
    schoolId,
    liveClassId,
    name,
    knock: { by: "code", pin },
    isStillGood: (door) => door.code === code,
  }).catch(hideEnded);
  if (pin !== undefined) services.pinDelays.forgive(tryKey);
  return guest;
}

/** The code of a class that ended, or that has a new one, meanwhile opens nothing: as if asked a moment later. */
function hideEnded(error: unknown): never {
  const isGone =
    error instanceof DarasaError && (error.code === "class_ended" || error.code === "link_invalid");
  throw isGone ? new DarasaError("not_found") : error;
}
