import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { DarasaError } from "@darasa/protocol";

/** Argon2id, which is the library's default kind, at OWASP's minimum: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each hash pins 19 MiB and a core: more at once would starve everything else. */
const maxAtOnce = 2;
const maxWaiting = 32;

/** Somebody who may have a password. */
export interface PasswordHolder {
  readonly passwordHash: string | null;
}

export interface PasswordHasher {
  /**
   * Whom `find` finds, when that is their password; else null. Without anybody, or without a hash, it takes as long,
   * so that nobody learns which accounts exist. `find` is asked when its turn has come: a flood of attempts costs
   * the database nothing.
   * @throws DarasaError busy when too many wait already; what `find` throws
   */
  verify<Owner extends PasswordHolder>(
    find: () => Promise<Owner | null>,
    password: string,
  ): Promise<Owner | null>;
  /**
   * The hash to store for a new password, which somebody has found good enough.
   * @throws DarasaError busy when too many wait already
   */
  hash(password: string): Promise<string>;
}

/** Makes the process's one hasher; prepares the hash that absent accounts are checked against. */
export async function createPasswordHasher(): Promise<PasswordHasher> {
  const nobodys = await hash(randomBytes(32), cost);
  const enter = makeTurnstile();
  return {
    verify: (find, password) =>
      enter(async () => {
        const owner = await find();
        const passwordHash = owner?.passwordHash ?? null;
        const matches = await verify(passwordHash ?? nobodys, password);
        return matches && passwordHash !== null ? owner : null;
      }),
    hash: (password) => enter(() => hash(password, cost)),
  };
}

function makeTurnstile(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= maxAtOnce) {
      if (waiting.length >= maxWaiting) throw new DarasaError("busy");
      // Whoever leaves hands their place on, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
