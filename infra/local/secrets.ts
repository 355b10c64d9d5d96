import { createHash, generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
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
  /** Ed25519 private JWK with `kid`. */
  accessTokenKey: z.object({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    kid: text,
    x: text,
    d: text,
  }),
  demoKey: text,
  demoPassword: text,
});

export type Secrets = Readonly<z.infer<typeof schema>>;

/**
 * The secrets of this data folder, made at the first start; the file is readable by its owner only.
 * @throws PlainError when the file is there and damaged: new ones would lock us out of the data.
 */
export async function loadSecrets(dataFolder: string): Promise<Secrets> {
  const path = join(dataFolder, "secrets.json");
  const kept = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new PlainError(`${path} cannot be read: ${String(error)}`, { cause: error });
  });
  if (kept === null) {
    const secrets = makeSecrets();
    await writeWhole(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
    return secrets;
  }
  await chmod(path, 0o600);
  const secrets = readSecrets(path, kept);
  // Later versions need more of them than the one that made the file.
  const whole = `${JSON.stringify(secrets, null, 2)}\n`;
  if (whole !== kept) await writeWhole(path, whole, 0o600);
  return secrets;
}

function readSecrets(path: string, kept: string): Secrets {
  try {
    const { dataKey } = makeSecrets();
    return schema.parse({ dataKey, ...(JSON.parse(kept) as object) });
  } catch (error) {
    throw new PlainError(
      `${path} is damaged. Put back a copy, or remove the whole data folder to begin anew.`,
      { cause: error },
    );
  }
}

function makeSecrets(): Secrets {
  const key = () => randomBytes(32).toString("base64url");
  return {
    superuserPassword: key(),
    ownerPassword: key(),
    appPassword: key(),
    writerPassword: key(),
    ticketKey: key(),
    dataKey: key(),
    accessTokenKey: makeAccessTokenKey(),
    demoKey: randomBytes(16).toString("base64url"),
    demoPassword: makeReadablePassword(),
  };
}

/** `kid` is the key's thumbprint (RFC 7638; the members of an OKP key are those of RFC 8037 §2). */
function makeAccessTokenKey(): Secrets["accessTokenKey"] {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  const members = JSON.stringify({ crv: "Ed25519", kty: "OKP", x });
  const kid = createHash("sha256").update(members).digest("base64url");
  return { kty: "OKP", crv: "Ed25519", kid, x, d };
}

/** Three groups of four, 59 bits, without letters that look alike. */
function makeReadablePassword(): string {
  const alphabet = "23456789abcdefghjkmnpqrstvwxyz";
  const letter = () => alphabet.charAt(randomInt(alphabet.length));
  const group = () => Array.from({ length: 4 }, letter).join("");
  return `${group()}-${group()}-${group()}`;
}
