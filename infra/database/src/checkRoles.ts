import { orUnavailable } from "./connectionFailure.ts";
import { withClient } from "./withClient.ts";

/** The connection could see or change other schools' rows; `findings` says why, all at once. */
export class UnsafeRoleError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`The database does not keep schools apart:\n${findings.map((f) => `- ${f}`).join("\n")}`);
    this.name = "UnsafeRoleError";
    this.findings = findings;
  }
}

const roleQuery = `
  select current_user as role, rolsuper as superuser, rolbypassrls as bypasses,
    coalesce((select string_agg(c.relname, ', ' order by c.relname) from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and pg_has_role(current_user, c.relowner, 'member')), '') as owned,
    exists (select from pg_roles b where b.rolname = 'darasa_batch'
      and pg_has_role(current_user, b.oid, 'member')) as batches
  from pg_roles where rolname = current_user`;

const tableQuery = `
  select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by c.relname`;

interface RoleRow {
  readonly role: string;
  readonly superuser: boolean;
  readonly bypasses: boolean;
  readonly owned: string;
  readonly batches: boolean;
}

interface TableRow {
  readonly name: string;
  readonly secured: boolean;
  readonly forced: boolean;
}

/**
 * The self-test at boot: resolves when row level security binds the role of `url` on every table.
 * @throws UnsafeRoleError with all findings; DarasaError unavailable when Postgres cannot be reached.
 */
export async function checkRoles(url: string): Promise<void> {
  const findings = await orUnavailable(() =>
    withClient(url, async (client) => {
      const roles = await client.query<RoleRow>(roleQuery);
      const tables = await client.query<TableRow>(tableQuery);
      return [...roles.rows.flatMap(judgeRole), ...judgeTables(tables.rows)];
    }),
  );
  if (findings.length > 0) throw new UnsafeRoleError(findings);
}

function judgeRole({ role, superuser, bypasses, owned, batches }: RoleRow): string[] {
  // A superuser is a member of every role: saying so once is enough.
  if (superuser) return [`${role} is a superuser`];
  return [
    ...(bypasses ? [`${role} has BYPASSRLS`] : []),
    ...(owned ? [`${role} owns, or may act as the owner of: ${owned}`] : []),
    ...(batches ? [`${role} is a member of darasa_batch`] : []),
  ];
}

function judgeTables(tables: readonly TableRow[]): string[] {
  if (tables.length === 0) return ["there are no tables: have the migrations run?"];
  return tables
    .filter(({ secured, forced }) => !secured || !forced)
    .map(({ name }) => `${name} has no row level security with FORCE`);
}
