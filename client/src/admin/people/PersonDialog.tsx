import { canAssignRole } from "@darasa/protocol";
import { Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { PersonBadges } from "./PeopleTable.tsx";
import type { Person, SchoolRole } from "./person.ts";
import { PersonAccess } from "./PersonAccess.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { PersonRights } from "./PersonRights.tsx";
import { useLastSeen } from "./useLastSeen.ts";
import styles from "./PersonDialog.module.css";

export interface PersonDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
  readonly onChanged: (person: Person) => void;
  /** The account is no more. */
  readonly onGone: () => void;
}

/** One person: who they are, how they get in, and what the school keeps of them. */
export function PersonDialog(props: PersonDialogProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const lastSeen = useLastSeen();
  const isSelf = (): boolean => props.person.id === user()?.id;
  const mayChange = (): boolean =>
    !isSelf() && canAssignRole(user()?.role as SchoolRole, props.person.role);
  return (
    <Dialog size="lg" title={props.person.name} onClose={() => props.onClose()}>
      <div class={styles.sections}>
        <div class={styles.who}>
          <Avatar id={props.person.id} name={props.person.name} size="lg" />
          <div class={styles.words}>
            <p>{t(roleKeys[props.person.role])}</p>
            <p class={styles.faint}>{props.person.email}</p>
            <p class={styles.faint}>
              {t("people.lastSeenAt", { when: lastSeen(props.person.lastSeenAtMs) })}
            </p>
          </div>
          <PersonBadges person={props.person} />
        </div>
        <Show
          when={mayChange()}
          fallback={<Banner>{t(isSelf() ? "people.isYou" : "people.isAbove")}</Banner>}
        >
          <PersonForm person={props.person} onChanged={(person) => props.onChanged(person)} />
          <PersonAccess person={props.person} onChanged={(person) => props.onChanged(person)} />
        </Show>
        <PersonRights person={props.person} onGone={() => props.onGone()} />
      </div>
    </Dialog>
  );
}
