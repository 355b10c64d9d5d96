import { sql, type SchoolTransaction } from "@darasa/database";
import { hasSchoolPermission, schoolPermissions, schoolRoles } from "@darasa/protocol";
import * as z from "zod";
import { preferencesSchema } from "./preferences.ts";
import { languageSchema, type User } from "./user.ts";

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum([...schoolRoles, "guest"]),
  language: languageSchema,
  picture: z.string().nullable(),
  preferences: preferencesSchema,
  secondFactor: z.boolean(),
  emailVerified: z.boolean(),
  guestOf: z.string().nullable(),
  schoolId: z.string(),
  schoolName: z.string(),
  slug: z.string(),
  colour: z.string(),
  logo: z.string().nullable(),
});

/** The person of a sign-in as the API shows them, or null when it is revoked or over or the account is closed. */
export async function loadUser(
  tx: SchoolTransaction,
  signInId: string,
  nowMs: number,
): Promise<User | null> {
  const row = await tx.maybeOne(sql.type(rowSchema)`
    select coalesce(s.user_id, s.participant_id) as id, coalesce(u.name, p.name) as name, u.email,
      coalesce(u.role, 'guest') as role, coalesce(u.language, c.sign_up_language) as language,
      u.picture_id as picture, coalesce(u.preferences, '{}') as preferences,
      u.totp_confirmed_at is not null as "secondFactor",
      u.email_verified_at is not null as "emailVerified", s.live_class_id as "guestOf",
      c.school_id as "schoolId", c.name as "schoolName", c.slug, c.colour, c.logo_id as logo
    from sign_ins s
    join schools c on c.school_id = s.school_id and c.suspended_at is null
    left join users u on (u.school_id, u.user_id) = (s.school_id, s.user_id)
    left join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) = (s.school_id, s.live_class_id, s.participant_id)
    where s.sign_in_id = ${signInId} and s.revoked_at is null and u.deactivated_at is null
      and s.expires_at > ${sql.timestamp(new Date(nowMs))}`);
  if (!row) return null;
  const { schoolId, schoolName, slug, colour, logo, ...person } = row;
  return {
    ...person,
    permissions: permissionsOf(row.role),
    school: { id: schoolId, name: schoolName, slug, colour, logo },
  };
}

function permissionsOf(role: User["role"]): User["permissions"] {
  if (role === "guest") return [];
  return schoolPermissions.filter((permission) => hasSchoolPermission(role, permission));
}
