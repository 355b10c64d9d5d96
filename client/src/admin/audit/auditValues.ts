import { schoolRoles } from "@darasa/protocol";
import type { TextKey } from "../../i18n/catalogue.ts";
import type { Values } from "../../i18n/translate.ts";
import { roleKeys } from "../../shell/roleKeys.ts";
import type { AuditEvent } from "./auditEvent.ts";

/** Stands for what an entry does not say. */
const unsaid = "…";

/** What the sentences of the log have places for. */
const nothing = {
  actor: unsaid,
  subject: unsaid,
  person: unsaid,
  from: unsaid,
  to: unsaid,
  role: unsaid,
  email: unsaid,
  reason: unsaid,
  name: unsaid,
  maxUses: unsaid,
  new: unsaid,
  exists: unsaid,
  entries: unsaid,
} as const satisfies Values;

type Translate = (key: TextKey) => string;

/** The values for the sentence of an entry. Roles are told in words; whoever has no name any more is "…". */
export function auditValues(event: AuditEvent, t: Translate): Values {
  const { actor, subject, person, details } = event;
  const told = Object.entries(details).map(([name, value]) => [name, tellValue(value, t)] as const);
  return {
    ...nothing,
    ...Object.fromEntries(told),
    actor: actor.id === null ? t("audit.system") : actor.name,
    subject: subject?.name ?? String(details["email"] ?? unsaid),
    person: person?.name ?? unsaid,
  };
}

/** The values for the same sentence as the name of the act itself: "… invited …". */
export function namelessValues(): Values {
  return nothing;
}

function tellValue(value: AuditEvent["details"][string], t: Translate): string {
  const role = schoolRoles.find((each) => each === value);
  if (role !== undefined) return t(roleKeys[role]);
  return value === null ? "–" : String(value);
}

/** The name that somebody or something of that id has in these entries; undefined when none tells it. */
export function nameIn(events: readonly AuditEvent[], id: string): string | undefined {
  for (const { actor, subject, person } of events) {
    if (actor.id === id) return actor.name;
    if (subject?.id === id && subject.name !== null) return subject.name;
    if (person?.id === id && person.name !== null) return person.name;
  }
  return undefined;
}
