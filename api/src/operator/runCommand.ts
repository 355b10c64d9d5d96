import { type Database, recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import { foundSchool } from "../schools/foundSchool.ts";
import type { GovernedSchool } from "../schools/governedSchool.ts";
import { governSchoolAs } from "../schools/governSchoolAs.ts";
import { listSchools } from "../schools/listSchools.ts";
import type { World } from "../services.ts";
import { inviteToRun } from "./inviteToRun.ts";
import { PlainProblem } from "./plainProblem.ts";
import type { Command } from "./readCommand.ts";

/** What a command works with. */
export interface OperatorServices extends World {
  readonly database: Database;
  readonly config: { readonly PUBLIC_URL: string };
}

const pageSize = 100;

/** Does what the operator wants and gives the text to print. @throws PlainProblem */
export function runCommand(services: OperatorServices, command: Command): Promise<string> {
  switch (command.kind) {
    case "create":
      return createSchool(services, command);
    case "list":
      return describeSchools(services);
    case "govern":
      return govern(services, command);
    case "invite":
      return invite(services, command);
  }
}

async function createSchool(
  services: OperatorServices,
  { slug, name, language, email }: Extract<Command, { kind: "create" }>,
): Promise<string> {
  const admit = async (tx: SchoolTransaction, schoolId: SchoolId): Promise<string> => {
    const subject = { kind: "school", id: schoolId } as const;
    await recordAudit(tx, { actor: null, action: "school.created", subject });
    return inviteToRun(services, tx, { schoolId, email, role: "school_admin" });
  };
  try {
    const told = await foundSchool(services.database, { slug, name, language }, admit);
    return `${name} is there; its short name is ${slug}.\n${told}`;
  } catch (error) {
    if (!(error instanceof DarasaError) || error.code !== "taken") throw error;
    throw new PlainProblem(
      `There is a school "${slug}" already. Choose another short name, or invite an admin to it:\n` +
        `npm run school -- admin --school ${slug} --email ${email}`,
    );
  }
}

async function invite(
  { database, ...services }: OperatorServices,
  { slug, email, role }: Extract<Command, { kind: "invite" }>,
): Promise<string> {
  const schoolId = await findSchool(database, slug);
  return database.inSchool(schoolId, (tx) => inviteToRun(services, tx, { schoolId, email, role }));
}

async function govern(
  services: OperatorServices,
  { slug, suspended }: Extract<Command, { kind: "govern" }>,
): Promise<string> {
  const schoolId = await findSchool(services.database, slug);
  const { name } = await governSchoolAs(services, null, { schoolId, governance: { suspended } });
  return suspended ? `${name} is closed: nobody gets in, nothing is lost.` : `${name} is open.`;
}

async function findSchool(database: Database, slug: string): Promise<SchoolId> {
  const school = await database.findSchoolBySlug(slug);
  if (!school) throw new PlainProblem(`There is no school "${slug}".`);
  return school.schoolId as SchoolId;
}

async function describeSchools(services: OperatorServices): Promise<string> {
  const all: GovernedSchool[] = [];
  for (let more = true; more;) {
    const page = await listSchools(services, { after: all.at(-1)?.id, limit: pageSize });
    all.push(...page.schools);
    more = page.more;
  }
  const rows = all.map(({ slug, use, suspendedAtMs, name }) => [
    slug,
    String(use.users),
    String(use.rooms),
    suspendedAtMs === null ? "open" : "closed",
    name,
  ]);
  return writeTable([["short name", "people", "rooms", "state", "name"], ...rows]);
}

function writeTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
