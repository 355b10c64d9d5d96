import { sql, type SchoolTransaction } from "@darasa/database";
import { schoolRoles, type ParticipantId, type SchoolRole } from "@darasa/protocol";
import * as z from "zod";

const personRowSchema = z.object({
  id: z.string().transform((id) => id as ParticipantId),
  name: z.string(),
  role: z.enum(schoolRoles),
  isActive: z.boolean(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  secondFactor: z.boolean(),
  lastSeenAtMs: z.number().nullable(),
});

/** An account that was not erased, with what those who manage people may know of it. */
export type PersonRow = z.infer<typeof personRowSchema>;

const select = sql.fragment`
  select u.user_id as id, u.name, u.role, u.deactivated_at is null as "isActive", u.email,
    u.email_verified_at is not null as "emailVerified",
    u.totp_confirmed_at is not null as "secondFactor",
    (
      select max(s.last_used_at) from sign_ins s
      where (s.school_id, s.user_id) = (u.school_id, u.user_id)
    ) as "lastSeenAtMs"
  from users u
  where u.erased_at is null`;

/** Which people are asked for; by name, at most `limit`, those who come after `after`. */
export interface PeopleQuery {
  /** Part of a name, any case. */
  readonly query: string;
  /** Addresses are searched too. */
  readonly searchesEmail: boolean;
  readonly role?: SchoolRole | undefined;
  readonly isActive?: boolean | undefined;
  readonly after?: ParticipantId | undefined;
  readonly limit: number;
}

/** The people that match, by name. */
export async function loadPeople(
  tx: SchoolTransaction,
  { query, searchesEmail, role, isActive, after, limit }: PeopleQuery,
): Promise<readonly PersonRow[]> {
  const pattern = `%${query.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return tx.any(sql.type(personRowSchema)`${select}
    and (lower(u.name) like ${pattern} or (${searchesEmail} and u.email like ${pattern}))
    and (${role ?? null}::text is null or u.role = ${role ?? null})
    and (${isActive ?? null}::boolean is null or (u.deactivated_at is null) = ${isActive ?? null})
    and (${after ?? null}::uuid is null or (lower(u.name), u.user_id) > (
      select lower(l.name), l.user_id from users l where l.user_id = ${after ?? null}
    ))
    order by lower(u.name), u.user_id
    limit ${limit}`);
}

/** The person, or null when the school has no such account. */
export function loadPerson(tx: SchoolTransaction, id: ParticipantId): Promise<PersonRow | null> {
  return tx.maybeOne(sql.type(personRowSchema)`${select} and u.user_id = ${id}`);
}

/** The same, locked until the transaction ends: of two changes at the same time one waits. */
export function lockPerson(tx: SchoolTransaction, id: ParticipantId): Promise<PersonRow | null> {
  return tx.maybeOne(sql.type(personRowSchema)`
    ${select} and u.user_id = ${id} for no key update of u`);
}

const idSchema = z.object({ id: z.string() });

/** Those who run the school now, locked in a fixed order: two who act at the same time see each other's act. */
export async function lockSchoolAdmins(tx: SchoolTransaction): Promise<readonly string[]> {
  return tx.anyFirst(sql.type(idSchema)`
    select user_id as id from users
    where role = 'school_admin' and deactivated_at is null
    order by user_id for no key update`);
}

/** Gives the account another name. */
export async function storeName(
  tx: SchoolTransaction,
  id: ParticipantId,
  name: string,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`update users set name = ${name} where user_id = ${id}`);
}

/** Gives the account another role. Who becomes a student is nobody's teacher any more. */
export async function storeRole(
  tx: SchoolTransaction,
  id: ParticipantId,
  role: SchoolRole,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`update users set role = ${role} where user_id = ${id}`);
  if (role !== "student") return;
  await tx.query(sql.typeAlias("nothing")`
    update room_members m set role = 'student' from rooms r
    where m.user_id = ${id} and m.role = 'teacher' and r.kind <> 'direct'
      and (r.school_id, r.room_id) = (m.school_id, m.room_id)`);
}

/** Gives the account another address, proved at that time or not yet (null). */
export async function storeEmail(
  tx: SchoolTransaction,
  id: ParticipantId,
  { email, verifiedAtMs }: { readonly email: string; readonly verifiedAtMs: number | null },
): Promise<void> {
  const verifiedAt = verifiedAtMs === null ? null : sql.timestamp(new Date(verifiedAtMs));
  await tx.query(sql.typeAlias("nothing")`
    update users set email = ${email}, email_verified_at = ${verifiedAt} where user_id = ${id}`);
}

/** Opens or closes the account. */
export async function setActive(
  tx: SchoolTransaction,
  id: ParticipantId,
  change: { readonly isActive: boolean; readonly nowMs: number },
): Promise<void> {
  const at = change.isActive ? null : sql.timestamp(new Date(change.nowMs));
  await tx.query(sql.typeAlias("nothing")`
    update users set deactivated_at = ${at} where user_id = ${id}`);
}

/** True when somebody of the school has that address. */
export function isEmailTaken(tx: SchoolTransaction, email: string): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`select from users where email = ${email}`);
}

/** What a new account is made of. */
export interface NewPerson {
  readonly userId: ParticipantId;
  readonly name: string;
  readonly email: string;
  readonly role: SchoolRole;
  readonly language: "en" | "sw";
  readonly passwordHash: string;
  /** The address is known to be theirs. */
  readonly isProved: boolean;
  readonly nowMs: number;
}

/** Stores a new account. */
export async function storePerson(tx: SchoolTransaction, person: NewPerson): Promise<void> {
  const now = sql.timestamp(new Date(person.nowMs));
  await tx.query(sql.typeAlias("nothing")`
    insert into users (school_id, user_id, email, name, role, language, password_hash, password_changed_at,
      created_at, email_verified_at)
    values (app_school_id(), ${person.userId}, ${person.email}, ${person.name}, ${person.role},
      ${person.language}, ${person.passwordHash}, ${now}, ${now}, ${person.isProved ? now : null})`);
}
