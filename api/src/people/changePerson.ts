import type { SchoolTransaction } from "@darasa/database";
import {
  canAssignRole,
  DarasaError,
  hasSchoolPermission,
  type ParticipantId,
  type SchoolRole,
} from "@darasa/protocol";
import type { Context } from "hono";
import { changeAccess } from "../accounts/endAccess.ts";
import { sendEmailLink } from "../emailLinks/sendEmailLink.ts";
import { lockAdmissionRules } from "../invitations/admissionRules.ts";
import { revokeInvitationsOf } from "../invitations/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { actOnPerson, type DoneAct } from "./actOnPerson.ts";
import { keepSchoolAdmin } from "./authorizePersonChange.ts";
import type { Person } from "./person.ts";
import { isEmailTaken, storeEmail, storeName, storeRole, type PersonRow } from "./store.ts";

/** What of somebody's account is to be changed. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: SchoolRole | undefined;
  readonly email?: string | undefined;
}

interface Changing {
  readonly caller: UserCaller;
  readonly person: PersonRow;
  readonly http: Context<ApiEnv>;
}

/**
 * Changes somebody else's account. With another role they come anew to everything that they have open; another
 * address has to be proved, where mail can be sent.
 * @throws DarasaError not_found, forbidden, taken, conflict when nobody would run the school any more
 */
export function changePerson(
  services: Services,
  caller: UserCaller,
  request: {
    readonly id: ParticipantId;
    readonly change: PersonChange;
    readonly http: Context<ApiEnv>;
  },
): Promise<Person> {
  const { id, change, http } = request;
  return actOnPerson(services, caller, {
    id,
    perform: async (tx, person) => {
      const done: DoneAct[] = [];
      const { name, role, email } = change;
      if (name !== undefined && name !== person.name) {
        await storeName(tx, id, name);
        done.push({ action: "user.renamed", details: { from: person.name, to: name } });
      }
      if (role !== undefined && role !== person.role) {
        done.push(await changeRole(services, tx, { caller, person, role }));
      }
      if (email !== undefined && email !== person.email) {
        const named = { ...person, name: name ?? person.name, role: role ?? person.role };
        done.push(await changeEmail(services, tx, { caller, person: named, email, http }));
      }
      return done;
    },
  });
}

async function changeRole(
  services: Services,
  tx: SchoolTransaction,
  { caller, person, role }: Omit<Changing, "http"> & { readonly role: SchoolRole },
): Promise<DoneAct> {
  if (!canAssignRole(caller.role, role)) throw new DarasaError("forbidden");
  await keepSchoolAdmin(tx, person);
  await storeRole(tx, person.id, role);
  if (!hasSchoolPermission(role, "people.manage")) {
    await revokeInvitationsOf(tx, person.id, services.now());
  }
  await changeAccess(services, tx, { schoolId: caller.schoolId, participantId: person.id });
  return { action: "user.roleChanged", details: { from: person.role, to: role } };
}

async function changeEmail(
  services: Services,
  tx: SchoolTransaction,
  { caller, person, email, http }: Changing & { readonly email: string },
): Promise<DoneAct> {
  // Whoever else gives an address to somebody waits here.
  const { language } = await lockAdmissionRules(tx);
  if (await isEmailTaken(tx, email)) throw new DarasaError("taken");
  const { canSend } = services.mail;
  await storeEmail(tx, person.id, { email, verifiedAtMs: canSend ? null : services.now() });
  if (canSend && person.isActive) {
    const { id: userId, name, role } = person;
    const owner = { userId, email, name, role, language };
    await sendEmailLink(services, tx, {
      schoolId: caller.schoolId,
      owner,
      purpose: "verify",
      from: http,
    });
  }
  return { action: "user.emailChanged", details: { from: person.email, to: email } };
}
