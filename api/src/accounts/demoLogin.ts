import { createHash, timingSafeEqual } from "node:crypto";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { loadAccountByEmail } from "./store.ts";

const demoSchool = "demo";
const demoTeacher = "teacher@demo.darasa";

/**
 * Signs the demo teacher in by the key of the printed link. Only the embedded default has such a key.
 * @throws DarasaError not_found without a configured key or demo school; wrong_credentials
 */
export async function demoLogin(
  services: Services,
  key: string,
  device: string,
): Promise<IssuedSignIn> {
  const expected = services.config.DEMO_KEY;
  if (!expected) throw new DarasaError("not_found");
  if (!isSame(key, expected.reveal())) throw new DarasaError("wrong_credentials");

  const school = await services.database.findSchoolBySlug(demoSchool);
  if (!school) throw new DarasaError("not_found");
  const schoolId = school.schoolId as SchoolId;
  return services.database.inSchool(schoolId, async (tx) => {
    const teacher = await loadAccountByEmail(tx, demoTeacher);
    if (!teacher) throw new DarasaError("not_found");
    return openSignIn(services, tx, { schoolId, owner: { userId: teacher.userId }, device });
  });
}

/** Compares in a time that tells nothing of where the texts differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
