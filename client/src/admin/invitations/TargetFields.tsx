import { type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Select } from "../../ui/Select.tsx";
import type { SchoolRole } from "../people/person.ts";
import { roleOptions } from "../people/roleOptions.ts";
import { createClasses } from "./createClasses.ts";
import styles from "./InviteDialog.module.css";

/** What people who come new will be, and where they come in. */
export interface Target {
  readonly role: SchoolRole;
  /** Empty: no room. */
  readonly roomId: string;
}

export interface TargetFieldsProps {
  readonly value: Target;
  readonly onChange: (target: Target) => void;
}

/** The role and the room of those who are invited. */
export function TargetFields(props: TargetFieldsProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const classes = createClasses();
  return (
    <div class={styles.pair}>
      <Select
        label={t("invite.role")}
        options={roleOptions(t, user()?.role as SchoolRole)}
        value={props.value.role}
        onChange={(role) => props.onChange({ ...props.value, role: role as SchoolRole })}
      />
      <Select
        label={t("invite.room")}
        options={[
          { value: "", label: t("invite.noRoom") },
          ...classes().map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={props.value.roomId}
        onChange={(roomId) => props.onChange({ ...props.value, roomId })}
      />
    </div>
  );
}
