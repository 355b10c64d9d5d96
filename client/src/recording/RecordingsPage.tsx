import ArrowLeft from "lucide-solid/icons/arrow-left";
import Trash from "lucide-solid/icons/trash";
import { useParams } from "@solidjs/router";
import { createMemo, createResource, createSignal, For, Show, type JSX } from "solid-js";
import { ConfirmDialog } from "../admin/ConfirmDialog.tsx";
import { api, type Recording } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { FailedPage } from "../shell/FailedPage.tsx";
import { Page } from "../shell/Page.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { judgeEnd } from "./judgeEnd.ts";
import { Player } from "./Player.tsx";
import styles from "./RecordingsPage.module.css";

/** The recordings of a room's classes, for its members; its teachers delete them. */
export function RecordingsPage(): JSX.Element {
  const { t } = useI18n();
  const params = useParams<{ id: string }>();
  const [loaded, { refetch }] = createResource(
    () => params.id,
    async (id) => {
      const path = { id };
      const [room, { recordings }] = await Promise.all([
        dataOf(api.GET("/api/rooms/{id}", { params: { path } })),
        dataOf(api.GET("/api/rooms/{id}/recordings", { params: { path } })),
      ]);
      return { room, recordings };
    },
  );
  return (
    <Show
      when={loaded.error === undefined}
      fallback={<FailedPage error={loaded.error as unknown} onRetry={() => void refetch()} />}
    >
      <Page title={t("recordings.title")}>
        <header class={styles.head}>
          <div>
            <h1>{t("recordings.title")}</h1>
            <p class={styles.where}>{loaded()?.room.name}</p>
          </div>
          <ButtonLink href="/" variant="quiet" icon={<ArrowLeft />}>
            {t("common.home")}
          </ButtonLink>
        </header>
        <Show when={loaded()}>
          {(data) => (
            <Show
              when={data().recordings.length > 0}
              fallback={
                <EmptyState title={t("recordings.emptyTitle")} text={t("recordings.emptyText")} />
              }
            >
              <ul class={styles.list}>
                <For each={data().recordings}>
                  {(recording) => (
                    <Entry
                      recording={recording}
                      roomId={params.id}
                      mayDelete={data().room.role === "teacher"}
                      onDeleted={() => void refetch()}
                    />
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Show>
      </Page>
    </Show>
  );
}

interface EntryProps {
  readonly recording: Recording;
  readonly roomId: string;
  readonly mayDelete: boolean;
  readonly onDeleted: () => void;
}

function Entry(props: EntryProps): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  const [asks, setAsks] = createSignal(false);
  const end = createMemo(() => judgeEnd(props.recording));
  const minutes = (): number => Math.max(1, Math.round(props.recording.durationMs / 60_000));
  const loss = (): string | null => {
    const how = end();
    if (how === "lost" || how === "brokeOff") return t(`recordings.${how}`);
    return how === "lostPart"
      ? t("recordings.lostParts", { count: props.recording.lostParts })
      : null;
  };
  async function remove(): Promise<void> {
    const path = { id: props.roomId, recordingId: props.recording.id };
    await dataOf(api.DELETE("/api/rooms/{id}/recordings/{recordingId}", { params: { path } }));
    props.onDeleted();
  }
  return (
    <li class={styles.entry}>
      <div class={styles.words}>
        <h2 class={styles.title}>{props.recording.title}</h2>
        <p class={styles.facts}>
          {t("recordings.by", {
            when: `${formatDate(props.recording.startedAtMs)}, ${formatTime(props.recording.startedAtMs)}`,
            name: props.recording.startedByName || t("common.erasedName"),
          })}
          <Show when={props.recording.state === "ready"}>
            {" · "}
            {t("recordings.minutes", { count: minutes() })}
          </Show>
          <Show when={props.recording.keptUntilMs}>
            {(untilMs) => (
              <>
                {" · "}
                {t("recordings.until", { day: formatDate(untilMs()) })}
              </>
            )}
          </Show>
        </p>
        <Show when={loss()}>{(text) => <p class={styles.loss}>{text()}</p>}</Show>
      </div>
      <Show
        when={props.recording.state === "ready"}
        fallback={<Badge>{t(`recordings.state.${props.recording.state}`)}</Badge>}
      >
        <Player recording={props.recording} roomId={props.roomId} />
      </Show>
      <Show when={props.mayDelete && end() !== null && end() !== "saving"}>
        <Button
          variant="quiet"
          icon={<Trash />}
          aria-label={t("recordings.deleteOf", { title: props.recording.title })}
          onClick={() => setAsks(true)}
        >
          {t("recordings.delete")}
        </Button>
      </Show>
      <Show when={asks()}>
        <ConfirmDialog
          danger
          title={t("recordings.deleteTitle")}
          text={t("recordings.deleteText")}
          confirm={t("recordings.delete")}
          onConfirm={remove}
          onClose={() => setAsks(false)}
        />
      </Show>
    </li>
  );
}
