import { DarasaError, type ErrorCode } from "@darasa/protocol";
import type { AttemptCounter } from "../attempts/attemptDelays.ts";
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
 * Signs somebody in as a guest of the one class that the code opens, whether it runs already or not. Who tries PINs
 * from one address waits ever longer between tries; what stops many addresses together is the count that the class
 * keeps (`judgeKnock`).
 * @throws DarasaError not_found, rate_limited, pin_required, wrong_pin, guests_forbidden, limit_reached,
 *   school_suspended
 */
export async function joinAsGuest(services: Services, join: GuestJoin): Promise<GuestSignIn> {
  const { code, pin, name } = join;
  const { schoolId, liveClassId } = await findByCode(services, code);
  await services.limits.take("join", "subject", code);
  const tries: AttemptCounter[] =
    pin === undefined ? [] : [{ kind: "pin", key: `${liveClassId} ${join.address}` }];
  await services.attempts.begin(tries);
  try {
    const guest = await letGuestIn(services, {
      schoolId,
      liveClassId,
      name,
      knock: { by: "code", pin },
      isStillGood: (door) => door.code === code,
    });
    await services.attempts.forget(tries);
    return guest;
  } catch (error) {
    if (!isRefusal(error, "wrong_pin")) await services.attempts.undo(tries);
    // With the code of a class that ended, or has a new one, meanwhile, it is as if asked a moment later.
    const isGone = isRefusal(error, "class_ended") || isRefusal(error, "link_invalid");
    throw isGone ? new DarasaError("not_found") : error;
  }
}

function isRefusal(error: unknown, code: ErrorCode): boolean {
  return error instanceof DarasaError && error.code === code;
}
