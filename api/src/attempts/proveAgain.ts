import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadAccount, type Account } from "../accounts/store.ts";

/**
 * Runs a check of who the signed-in person is, for something that a stolen sign-in must not do. When it refuses with
 * `wrong_credentials` or `wrong_code`, the next one has to wait, longer each time; other sign-ins do not.
 * @throws DarasaError rate_limited, and what the check throws
 */
export async function proveAgain<T>(
  services: Services,
  caller: UserCaller,
  check: () => Promise<T>,
): Promise<T> {
  const counters = [{ kind: "signIn", key: caller.signInId }] as const;
  await services.attempts.begin(counters);
  try {
    const proven = await check();
    await services.attempts.forget(counters);
    return proven;
  } catch (error) {
    const isGuess =
      error instanceof DarasaError &&
      (error.code === "wrong_credentials" || error.code === "wrong_code");
    if (!isGuess) await services.attempts.undo(counters);
    throw error;
  }
}

/**
 * The caller's account, when that is its password. Outside any transaction, since hashing may wait its turn.
 * @throws DarasaError wrong_credentials, busy
 */
export async function provePassword(
  services: Services,
  caller: UserCaller,
  password: string,
): Promise<Account> {
  const find = () =>
    services.database.inSchool(caller.schoolId, (tx) => loadAccount(tx, caller.participantId));
  const account = await services.passwords.verify(find, password);
  if (!account) throw new DarasaError("wrong_credentials");
  return account;
}
