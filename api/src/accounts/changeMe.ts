import { recordAudit, type SchoolTransaction, sql } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import * as z from "zod";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadUser } from "./loadUser.ts";
import {
  applyPreferences,
  preferencesSchema,
  type Preferences,
  type PreferencesChange,
} from "./preferences.ts";
import type { User } from "./user.ts";

/** What somebody changes of their own account; what is absent stays. */
export interface MeChange {
  readonly name?: string | undefined;
  readonly language?: User["language"] | undefined;
  readonly preferences?: PreferencesChange | undefined;
}

/**
 * Changes the caller's own account. Students keep the name that the register knows them by.
 * @throws DarasaError forbidden for a student's name; bad_request when the preferences get too many
 */
export async function changeMe(
  services: Services,
  caller: UserCaller,
  change: MeChange,
): Promise<User> {
  const isRenamed = change.name !== undefined && change.name !== caller.name;
  if (isRenamed && caller.role === "student") throw new DarasaError("forbidden");
  const { schoolId, signInId, participantId: userId } = caller;
  const user = await services.database.inSchool(schoolId, async (tx) => {
    await storeChange(tx, userId, change);
    if (isRenamed) {
      await recordAudit(tx, {
        actor: { participantId: userId, name: caller.name },
        action: "user.renamed",
        subject: { kind: "user", id: userId },
        details: { name: change.name ?? null },
      });
    }
    return loadUser(tx, signInId, services.now());
  });
  services.signIns.forget(signInId);
  if (!user) throw new DarasaError("unauthenticated");
  return user;
}

const rowSchema = z.object({ preferences: preferencesSchema });

async function storeChange(tx: SchoolTransaction, userId: string, change: MeChange): Promise<void> {
  const known = await tx.maybeOne(sql.type(rowSchema)`
    select preferences from users where user_id = ${userId} for no key update`);
  const preferences: Preferences = applyPreferences(
    known?.preferences ?? {},
    change.preferences ?? {},
  );
  await tx.query(sql.typeAlias("nothing")`
    update users set name = coalesce(${change.name ?? null}, name),
      language = coalesce(${change.language ?? null}, language), preferences = ${sql.jsonb(preferences)}
    where user_id = ${userId}`);
}
