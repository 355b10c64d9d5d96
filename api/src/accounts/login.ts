import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type ErrorCode, type SchoolId } from "@darasa/protocol";
import type { Context } from "hono";
import { sendEmailLink } from "../emailLinks/sendEmailLink.ts";
import { wasLinkSent } from "../emailLinks/store.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { PasswordHolder } from "../passwords/passwordHasher.ts";
import { useCode } from "../secondFactor/useCode.ts";
import type { Services } from "../services.ts";
import type { AttemptCounter } from "../attempts/attemptDelays.ts";
import { describeDevice } from "../devices/describeDevice.ts";
import { readKnownDevice } from "../devices/deviceCookie.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { loadAccountByEmail, loadSchool, lockAccount, type Account } from "./store.ts";

/** Who asks again and again gets no more mail than this. */
const verifyMailEveryMs = 10 * 60 * 1000;

/** What somebody gives to sign in. */
export interface Credentials {
  /** The slug, lower case. */
  readonly school: string;
  /** Lower case. */
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
}

/** Refusals are values until the transaction is over: the mail that one of them sends must not be rolled back. */
type Outcome =
  | { readonly kind: "opened"; readonly signIn: IssuedSignIn }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly isGuess: boolean };

/**
 * Signs an account in. Unknown school, unknown account and wrong password look the same and take as long; what is
 * particular about an account only those learn who know its password.
 * @throws DarasaError wrong_credentials, second_factor_required, wrong_code, email_unverified, school_suspended,
 *   rate_limited, busy
 */
export async function login(
  services: Services,
  credentials: Credentials,
  http: Context<ApiEnv>,
): Promise<IssuedSignIn> {
  const { attempts } = services;
  const { own, shared } = await countAttempt(services, credentials, http);
  const outcome = await tryCredentials(services, credentials, http).catch(
    async (error: unknown) => {
      // The server's own trouble is nobody's guess.
      await attempts.undo([...own, ...shared]);
      throw error;
    },
  );
  if (outcome.kind === "refused") {
    if (!outcome.isGuess) await attempts.undo([...own, ...shared]);
    throw new DarasaError(outcome.code);
  }
  await attempts.forget(own);
  // Strangers' failures stay counted: they may go on guessing.
  await attempts.undo(shared);
  return outcome.signIn;
}

interface Counters {
  readonly own: readonly AttemptCounter[];
  readonly shared: readonly AttemptCounter[];
}

/** A device that the account knows waits for nobody but itself; everybody else shares the account's patience. */
async function countAttempt(
  services: Services,
  { school, email }: Credentials,
  http: Context<ApiEnv>,
): Promise<Counters> {
  const account = `${school}/${email}`;
  const device = readKnownDevice(services, http, { school, email });
  const address = http.get("clientAddress");
  const counters: Counters =
    device === null
      ? {
          own: [{ kind: "address", key: `${account} ${address}` }],
          shared: [{ kind: "account", key: account }],
        }
      : { own: [{ kind: "device", key: `${account} ${device}` }], shared: [] };
  if (device === null) await services.limits.take("login", "address", address);
  // Each takes a turn of hashing away from others, a right password too.
  else await services.limits.take("login", "subject", `${account} ${address}`);
  await services.attempts.begin([...counters.own, ...counters.shared]);
  return counters;
}

async function tryCredentials(
  services: Services,
  credentials: Credentials,
  http: Context<ApiEnv>,
): Promise<Outcome> {
  // The hash is checked outside any transaction: it may wait its turn while connections are dear.
  const found = await services.passwords.verify(
    () => findAccount(services, credentials),
    credentials.password,
  );
  if (!found) return refuse("wrong_credentials", true);
  return services.database.inSchool(found.schoolId, (tx) =>
    admit(services, tx, { ...found, code: credentials.code, http }),
  );
}

interface FoundAccount extends PasswordHolder {
  readonly schoolId: SchoolId;
  readonly account: Account;
}

async function findAccount(
  services: Services,
  credentials: Credentials,
): Promise<FoundAccount | null> {
  const school = await services.database.findSchoolBySlug(credentials.school);
  if (!school) return null;
  const schoolId = school.schoolId as SchoolId;
  const account = await services.database.inSchool(schoolId, (tx) =>
    loadAccountByEmail(tx, credentials.email),
  );
  return account && { schoolId, account, passwordHash: account.passwordHash };
}

interface Proven {
  readonly schoolId: SchoolId;
  /** As it was when its password was found right. */
  readonly account: Account;
  readonly code: string | undefined;
  readonly http: Context<ApiEnv>;
}

/** The password is right: what else stands in the way? */
async function admit(services: Services, tx: SchoolTransaction, proven: Proven): Promise<Outcome> {
  const { schoolId, code, http } = proven;
  const account = await lockAccount(tx, proven.account.userId);
  if (account?.passwordHash !== proven.account.passwordHash) {
    return refuse("wrong_credentials", true);
  }
  const { isSuspended } = await loadSchool(tx);
  if (isSuspended) return refuse("school_suspended", false);
  if (!account.emailVerified) {
    await sendVerifyLink(services, tx, { schoolId, account, http });
    return refuse("email_unverified", false);
  }
  const { userId } = account;
  if (account.secondFactor) {
    if (code === undefined) return refuse("second_factor_required", false);
    if (!(await useCode(services, tx, { schoolId, userId, code })))
      return refuse("wrong_code", true);
  }
  const device = describeDevice(http.req.header("user-agent"));
  const signIn = await openSignIn(services, tx, { schoolId, owner: { userId }, device });
  return { kind: "opened", signIn };
}

function refuse(code: ErrorCode, isGuess: boolean): Outcome {
  return { kind: "refused", code, isGuess };
}

async function sendVerifyLink(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, account, http }: Pick<Proven, "schoolId" | "account" | "http">,
): Promise<void> {
  const link = { userId: account.userId, purpose: "verify" } as const;
  if (await wasLinkSent(tx, link, services.now() - verifyMailEveryMs)) return;
  await sendEmailLink(services, tx, { schoolId, owner: account, purpose: "verify", from: http });
}
