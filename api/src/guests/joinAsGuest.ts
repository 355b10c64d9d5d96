import { DarasaError, type ParticipantId } from "@darasa/protocol";
import { issueSignIn, type IssuedSignIn } from "../accounts/issueSignIn.ts";
import type { LiveClass } from "../liveClasses/liveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import { loadLiveClass, storeAdmission } from "../liveClasses/store.ts";
import type { Services } from "../services.ts";
import { findByCode } from "./describeByCode.ts";

interface GuestJoin {
  readonly code: string;
  /** Cleaned, 1 to 60 code points. */
  readonly name: string;
  readonly address: string;
}

/**
 * Signs somebody in as a guest of the one class that the code opens, whether it runs already or not.
 * @throws DarasaError not_found, rate_limited
 */
export async function joinAsGuest(
  services: Services,
  join: GuestJoin,
): Promise<IssuedSignIn & { readonly liveClass: LiveClass }> {
  services.limits.joinByAddress.take(join.address);
  const { schoolId, liveClassId } = await findByCode(services, join.code);
  services.limits.joinByCode.take(join.code);
  const participantId = services.newId() as ParticipantId;
  return services.database.inSchool(schoolId, async (tx) => {
    await storeAdmission(tx, {
      liveClassId,
      participantId,
      userId: null,
      name: join.name,
      role: "guest",
    });
    const row = await loadLiveClass(tx, liveClassId, participantId);
    if (!row || row.status === "ended") throw new DarasaError("not_found");
    const owner = { guest: { liveClassId, participantId } };
    const signIn = await issueSignIn(services, tx, { schoolId, owner });
    return { ...signIn, liveClass: showLiveClass({ row, role: "guest" }) };
  });
}
