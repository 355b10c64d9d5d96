import Pencil from "lucide-solid/icons/pencil";
import Trash from "lucide-solid/icons/trash";
import { createEffect, createSignal, on, Show, type JSX } from "solid-js";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { providerName } from "../../media/providerWords.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import {
  checkServer,
  type CheckOutcome,
  type OwnServers,
  type ServerKind,
} from "./mediaServers.ts";
import styles from "./MediaServers.module.css";

export interface MediaServerLineProps {
  readonly kind: ServerKind;
  readonly servers: OwnServers;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

const outcomes: Readonly<Record<CheckOutcome, TextKey>> = {
  works: "school.mediaCheck.works",
  answers: "school.mediaCheck.answers",
  unreachable: "school.mediaCheck.unreachable",
  wrongKey: "school.mediaCheck.wrongKey",
  privateAddress: "school.mediaCheck.privateAddress",
  notSetUp: "school.mediaCheck.notSetUp",
};

/** One server: the school's own, the one that it is lent, or none; and whether it works. */
export function MediaServerLine(props: MediaServerLineProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [outcome, setOutcome] = createSignal<CheckOutcome>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);
  const isOwn = (): boolean => props.servers[props.kind] !== null;
  const isUsed = (): boolean => isOwn() || props.servers.shared[props.kind];
  const name = (): string => t(providerName({ provider: props.kind, isOwn: isOwn() }));
  // What was found out was of the server of before.
  createEffect(on([() => props.servers], () => setOutcome(undefined), { defer: true }));
  const check = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setOutcome(await checkServer(props.kind));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const found = (): string => {
    if (problem() !== undefined) return problemText(problem());
    const known = outcome();
    return known === undefined ? "" : t(outcomes[known]);
  };
  return (
    <li class={styles.server}>
      <div class={styles.words}>
        <span class={styles.name}>{name()}</span>
        <span class={styles.place}>
          {placeOf(props.servers, props.kind) ?? t(stateKey(isUsed()))}
        </span>
        <Show when={isOwn()}>
          <span class={styles.place}>{t("school.mediaSecretSet")}</span>
        </Show>
        <span class={styles.found} role="status">
          {found()}
        </span>
      </div>
      <div class={styles.acts}>
        <Show when={isUsed()}>
          <Button size="sm" busy={busy()} onClick={() => void check()}>
            {t("school.mediaCheckNow")}
          </Button>
        </Show>
        <Show
          when={isOwn()}
          fallback={
            <Button size="sm" onClick={() => props.onEdit()}>
              {t("school.mediaAdd")}
            </Button>
          }
        >
          <IconButton
            label={t("school.mediaChange", { name: name() })}
            icon={<Pencil />}
            onClick={() => props.onEdit()}
          />
          <IconButton
            label={t("school.mediaRemoveNamed", { name: name() })}
            icon={<Trash />}
            onClick={() => props.onRemove()}
          />
        </Show>
      </div>
    </li>
  );
}

function placeOf({ livekit, jitsi }: OwnServers, kind: ServerKind): string | undefined {
  return kind === "livekit" ? livekit?.url : jitsi?.domain;
}

function stateKey(isLent: boolean): TextKey {
  return isLent ? "school.mediaLent" : "school.mediaNone";
}
