import { randomBytes, randomInt } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import {
  accessTokenKeySchema,
  agedKeySchema,
  rotateAccessTokenKeys,
  type AgedKey,
} from "./accessTokenKeys.ts";
import { PlainError } from "./plainError.ts";
import { writeWhole } from "./writeWhole.ts";

const text = z.string().min(1);

const schema = z.object({
  /** Of the Postgres roles; they belong to the cluster, so the two are kept and lost together. */
  superuserPassword: text,
  ownerPassword: text,
  appPassword: text,
  writerPassword: text,
  /** base64url, 32 bytes. */
  ticketKey: text,
  /** base64url, 32 bytes; encrypts secrets in the database. */
  dataKey: text,
  /** Sign access tokens: the first does, those behind it did until lately. */
  accessTokenKeys: z.array(agedKeySchema),
  demoKey: text,
  demoPassword: text,
});

const oldFileSchema = z.object({ accessTokenKey: accessTokenKeySchema });

export type Secrets = Readonly<z.infer<typeof schema>>;

/**
 * The secrets of this data folder, made at the first start; the file is readable by its owner only.
 * @throws PlainError when the file is there and damaged: new ones would lock us out of the data.
 */
export async function loadSecrets(dataFolder: string, nowMs: number): Promise<Secrets> {
  const path = join(dataFolder, "secrets.json");
  const kept = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new PlainError(`${path} cannot be read: ${String(error)}`, { cause: error });
  });
  if (kept === null) {
    const secrets = makeSecrets(nowMs);
    await writeWhole(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
    return secrets;
  }
  await chmod(path, 0o600);
  const known = readSecrets(path, kept, nowMs);
  const accessTokenKeys = rotateAccessTokenKeys(known.accessTokenKeys, nowMs);
  const secrets = { ...known, accessTokenKeys };
  // Later versions need more of them than the one that made the file, and keys grow old.
  const whole = `${JSON.stringify(secrets, null, 2)}\n`;
  if (whole !== kept) await writeWhole(path, whole, 0o600);
  return secrets;
}

function readSecrets(path: string, kept: string, nowMs: number): Secrets {
  try {
    const { dataKey } = makeSecrets(nowMs);
    const known = JSON.parse(kept) as object;
    return schema.parse({ dataKey, accessTokenKeys: keysOfOldFile(known, nowMs), ...known });
  } catch (error) {
    throw new PlainError(
      `${path} is damaged. Put back a copy, or remove the whole data folder to begin anew.`,
      { cause: error },
    );
  }
}

/** Files of the first version have one key, and not its age. */
function keysOfOldFile(known: object, nowMs: number): AgedKey[] {
  const one = oldFileSchema.safeParse(known);
  return one.success ? [{ key: one.data.accessTokenKey, madeAtMs: nowMs }] : [];
}

function makeSecrets(nowMs: number): Secrets {
  const key = () => randomBytes(32).toString("base64url");
  return {
    superuserPassword: key(),
    ownerPassword: key(),
    appPassword: key(),
    writerPassword: key(),
    ticketKey: key(),
    dataKey: key(),
    accessTokenKeys: rotateAccessTokenKeys([], nowMs),
    demoKey: randomBytes(16).toString("base64url"),
    demoPassword: makeReadablePassword(),
  };
}

/** Three groups of four, 59 bits, without letters that look alike. */
function makeReadablePassword(): string {
  const alphabet = "23456789abcdefghjkmnpqrstvwxyz";
  const letter = () => alphabet.charAt(randomInt(alphabet.length));
  const group = () => Array.from({ length: 4 }, letter).join("");
  return `${group()}-${group()}-${group()}`;
}
