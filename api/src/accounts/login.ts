import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { loadAccountByEmail, type Account } from "./store.ts";

interface Attempt {
  readonly school: string;
  /** Lower case. */
  readonly email: string;
  readonly password: string;
  /** Where it comes from, for the limits. */
  readonly address: string;
}

/**
 * Signs an account in. Unknown school, unknown account and wrong password look the same and take as long.
 * @throws DarasaError wrong_credentials, rate_limited, busy
 */
export async function login(services: Services, attempt: Attempt): Promise<IssuedSignIn> {
  const { limits } = services;
  const accountKey = `${attempt.school}/${attempt.email} ${attempt.address}`;
  await limits.take("login", "subject", accountKey);

  const school = await services.database.findSchoolBySlug(attempt.school);
  const schoolId = school && (school.schoolId as SchoolId);
  const account = schoolId && (await findAccount(services, schoolId, attempt.email));
  // The hash is checked outside any transaction: it may wait its turn while connections are dear.
  const matches = await services.passwords.verify(account?.passwordHash ?? null, attempt.password);
  if (!matches || !account) throw new DarasaError("wrong_credentials");

  await limits.giveBack("login", "subject", accountKey);
  return services.database.inSchool(schoolId, (tx) =>
    openSignIn(services, tx, { schoolId, owner: { userId: account.userId } }),
  );
}

function findAccount(
  services: Services,
  schoolId: SchoolId,
  email: string,
): Promise<Account | null> {
  return services.database.inSchool(schoolId, (tx) => loadAccountByEmail(tx, email));
}
