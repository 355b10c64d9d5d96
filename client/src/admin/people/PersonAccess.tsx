import { createSignal, For, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import type { Person } from "./person.ts";
import { personActs, type PersonAct } from "./personActs.ts";
import styles from "./PersonDialog.module.css";

export interface PersonAccessProps {
  readonly person: Person;
  readonly onChanged: (person: Person) => void;
}

/** How somebody gets in: what can be taken from them, and given back. Each is asked for twice. */
export function PersonAccess(props: PersonAccessProps): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const [asked, setAsked] = createSignal<PersonAct>();
  const words = (act: PersonAct, part: "label" | "text" | "ask" | "done"): string =>
    t(`people.${act}.${part}` as TextKey, { name: props.person.name });
  const perform = async (act: PersonAct): Promise<void> => {
    const { id } = props.person;
    const changed = await dataOf(api.POST(paths[act], { params: { path: { id } } }));
    props.onChanged(changed);
    setAsked(undefined);
    toasts.show({ text: words(act, "done"), tone: "success" });
  };
  return (
    <section class={styles.section}>
      <h3>{t("people.access")}</h3>
      <div class={styles.acts}>
        <For each={personActs(props.person)}>
          {(act) => (
            <div class={styles.act}>
              <p>{words(act, "text")}</p>
              <Button
                variant={act === "deactivate" ? "danger" : "secondary"}
                onClick={() => setAsked(act)}
              >
                {words(act, "label")}
              </Button>
            </div>
          )}
        </For>
      </div>
      <div>
        <ButtonLink href={`/admin/audit?subject=${props.person.id}`} variant="quiet" size="sm">
          {t("people.log")}
        </ButtonLink>
      </div>
      <Show when={asked()} keyed>
        {(act) => (
          <ConfirmDialog
            title={words(act, "label")}
            text={words(act, "ask")}
            confirm={words(act, "label")}
            danger={act === "deactivate"}
            onClose={() => setAsked(undefined)}
            onConfirm={() => perform(act)}
          />
        )}
      </Show>
    </section>
  );
}

const paths = {
  signOut: "/api/people/{id}/sign-out",
  resetSecondFactor: "/api/people/{id}/reset-second-factor",
  deactivate: "/api/people/{id}/deactivate",
  reactivate: "/api/people/{id}/reactivate",
} as const satisfies Record<PersonAct, string>;
