import { For, Show, type JSX } from "solid-js";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Badge, type BadgeTone } from "../../ui/Badge.tsx";
import type { Invited } from "./invitation.ts";
import { NoMailNote } from "./NoMailNote.tsx";
import styles from "./InviteDialog.module.css";
import forms from "../Form.module.css";

type Result = Invited["results"][number];

/** What became of each address. */
export function InviteResults(props: { readonly results: readonly Result[] }): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={forms.form}>
      <ul class={styles.results} role="status">
        <For each={props.results}>
          {(result) => (
            <li>
              <span class={styles.address}>{result.email}</span>
              <Badge tone={tones[result.outcome]}>{t(resultKey(result))}</Badge>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.results.some(({ outcome }) => outcome === "new")}>
        <NoMailNote isDone />
      </Show>
    </div>
  );
}

function resultKey({ outcome, error }: Result): TextKey {
  return error === null ? `invite.outcome.${outcome}` : `invite.outcome.${error}`;
}

const tones = {
  new: "success",
  exists: "neutral",
  invited: "neutral",
  error: "danger",
} as const satisfies Record<Result["outcome"], BadgeTone>;
