import { createSignal, Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { EraseDialog } from "../../rights/EraseDialog.tsx";
import { ExportButton } from "../../rights/ExportButton.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import type { Person } from "./person.ts";
import styles from "./PersonDialog.module.css";

export interface PersonRightsProps {
  readonly person: Person;
  /** The account was erased. */
  readonly onGone: () => void;
}

/** What the school keeps of a person: to be handed over, or erased. */
export function PersonRights(props: PersonRightsProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const toasts = useToasts();
  const [erasing, setErasing] = createSignal(false);
  const isSelf = (): boolean => props.person.id === user()?.id;
  return (
    <section class={styles.section}>
      <h3>{t("rights.title")}</h3>
      <div class={styles.acts}>
        <Show when={user()?.permissions.includes("data.export")}>
          <div class={styles.act}>
            <p>{t("rights.exportText")}</p>
            <ExportButton personId={props.person.id} />
          </div>
        </Show>
        <Show when={user()?.permissions.includes("data.erase") && !isSelf()}>
          <div class={styles.act}>
            <p>{t("rights.eraseText")}</p>
            <Button variant="danger" onClick={() => setErasing(true)}>
              {t("rights.erase")}
            </Button>
          </div>
        </Show>
      </div>
      <Show when={erasing()}>
        <EraseDialog
          person={props.person}
          onClose={() => setErasing(false)}
          onErased={() => {
            toasts.show({ text: t("rights.eraseDone"), tone: "success" });
            props.onGone();
          }}
        />
      </Show>
    </section>
  );
}
