import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId, type SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import type { Invitation } from "./invitation.ts";
import { loadInvitingClass } from "./store.ts";

/** The class that the code opens. @throws DarasaError not_found, school_suspended */
export async function describeByCode(services: Services, code: string): Promise<Invitation> {
  const { schoolId, liveClassId } = await findByCode(services, code);
  return services.database.inSchool(schoolId, async (tx) => {
    const described = await describeClass(tx, liveClassId);
    if (!described) throw new DarasaError("not_found");
    return described.invitation;
  });
}

/**
 * The invitation to a class with the code that it has now; null when it has ended.
 * @throws DarasaError school_suspended
 */
export async function describeClass(
  tx: SchoolTransaction,
  liveClassId: LiveClassId,
): Promise<{ readonly invitation: Invitation; readonly code: string } | null> {
  const inviting = await loadInvitingClass(tx, liveClassId);
  if (!inviting) return null;
  const { code, isSchoolSuspended, ...shown } = inviting;
  if (isSchoolSuspended) throw new DarasaError("school_suspended");
  return { invitation: { liveClassId, ...shown }, code };
}

/** Whose class the code opens. @throws DarasaError not_found */
export async function findByCode(
  services: Pick<Services, "database">,
  code: string,
): Promise<{ schoolId: SchoolId; liveClassId: LiveClassId }> {
  const found = await services.database.findLiveClassByCode(code);
  if (!found) throw new DarasaError("not_found");
  return { schoolId: found.schoolId as SchoolId, liveClassId: found.liveClassId as LiveClassId };
}
