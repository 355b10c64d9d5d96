import { DarasaError, type LiveClassId, type SchoolId } from "@darasa/protocol";
import { loadSchool } from "../accounts/store.ts";
import type { Services } from "../services.ts";
import { loadInvitingClass } from "./store.ts";

/** What a code opens, as anybody who knows it may see. */
export interface Invitation {
  readonly liveClassId: string;
  readonly title: string;
  readonly schoolName: string;
  readonly roomName: string;
  readonly status: "scheduled" | "live";
  readonly startsAtMs: number;
  readonly teachers: string[];
}

/** The class that the code opens. @throws DarasaError not_found, rate_limited */
export async function describeByCode(
  services: Services,
  code: string,
  address: string,
): Promise<Invitation> {
  services.limits.joinByAddress.take(address);
  const { schoolId, liveClassId } = await findByCode(services, code);
  return services.database.inSchool(schoolId, async (tx) => {
    const inviting = await loadInvitingClass(tx, liveClassId);
    if (!inviting) throw new DarasaError("not_found");
    const { name: schoolName } = await loadSchool(tx);
    return { liveClassId, schoolName, ...inviting };
  });
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
