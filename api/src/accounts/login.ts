import { DarasaError, type SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { issueSignIn, type IssuedSignIn } from "./issueSignIn.ts";
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
  limits.loginByAddress.take(attempt.address);
  limits.loginByAccount.take(accountKey);

  const school = await services.database.findSchoolBySlug(attempt.school);
  const schoolId = school && (school.schoolId as SchoolId);
  const account = schoolId && (await findAccount(services, schoolId, attempt.email));
  // The hash is checked outside any transaction: it may wait its turn while connections are dear.
  const matches = await services.passwords.verify(account?.passwordHash ?? null, attempt.password);
  if (!matches || !account) throw new DarasaError("wrong_credentials");

  limits.loginByAccount.giveBack(accountKey);
  return services.database.inSchool(schoolId, (tx) =>
    issueSignIn(services, tx, { schoolId, owner: { userId: account.userId } }),
  );
}

function findAccount(
  services: Services,
  schoolId: SchoolId,
  email: string,
): Promise<Account | null> {
  return services.database.inSchool(schoolId, (tx) => loadAccountByEmail(tx, email));
}
