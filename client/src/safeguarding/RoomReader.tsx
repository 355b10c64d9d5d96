import { createSignal, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useProblemText } from "../api/useProblemText.ts";
import { MessageText } from "../chat/MessageText.tsx";
import type { components } from "../api/schema.d.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { nameOfRoom, type SafeguardedRoom } from "./safeguardedRoom.ts";
import styles from "./SafeguardingPage.module.css";

type ChatMessage = components["schemas"]["ChatMessage"];

const pageSize = 50;

export interface RoomReaderProps {
  readonly room: SafeguardedRoom;
  readonly reason: string;
  readonly onClose: () => void;
}

/** What was said in a room, to be read and nothing else. */
export function RoomReader(props: RoomReaderProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const problemText = useProblemText();
  const reading = createReading(() => props);
  return (
    <Dialog
      size="lg"
      title={nameOfRoom(props.room, t("safeguarding.pair"))}
      description={t("safeguarding.readNote", {
        name: user()?.name ?? "",
        reason: props.reason,
      })}
      onClose={() => props.onClose()}
    >
      <div class={styles.reader}>
        <Show when={reading.error() !== undefined}>
          <Banner
            tone="danger"
            announce="alert"
            actions={
              <Button size="sm" onClick={() => void reading.loadEarlier()}>
                {t("common.retry")}
              </Button>
            }
          >
            {problemText(reading.error())}
          </Banner>
        </Show>
        <Show when={reading.more()}>
          <Button busy={reading.busy()} onClick={() => void reading.loadEarlier()}>
            {t("safeguarding.earlier")}
          </Button>
        </Show>
        <Show
          when={reading.messages()}
          fallback={
            <Show when={reading.busy()}>
              <Spinner label={t("common.loading")} />
            </Show>
          }
        >
          {(messages) => (
            <Show
              when={messages().length > 0}
              fallback={
                <EmptyState
                  level={3}
                  title={t("safeguarding.emptyTitle")}
                  text={t("safeguarding.emptyText")}
                />
              }
            >
              <ol class={styles.messages}>
                <For each={messages()}>{(message) => <Line message={message} />}</For>
              </ol>
            </Show>
          )}
        </Show>
      </div>
    </Dialog>
  );
}

function Line(props: { readonly message: ChatMessage }): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  return (
    <li class={styles.message}>
      <p class={styles.faint}>
        <span class={styles.sender} dir="auto">
          {props.message.senderName || t("common.erasedName")}
        </span>{" "}
        <time dateTime={new Date(props.message.sentAtMs).toISOString()}>
          {formatDate(props.message.sentAtMs)}, {formatTime(props.message.sentAtMs)}
        </time>
      </p>
      <Show when={props.message.erased !== true} fallback={<em>{t("safeguarding.erased")}</em>}>
        <MessageText text={props.message.body} />
      </Show>
    </li>
  );
}

/** The pages that were read, the earliest message first. */
function createReading(look: () => Pick<RoomReaderProps, "room" | "reason">) {
  const [messages, setMessages] = createSignal<readonly ChatMessage[]>();
  const [more, setMore] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let isGone = false;
  const loadEarlier = async (): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setError(undefined);
    const { room, reason } = look();
    const before = messages()?.[0]?.seq;
    const query = { reason, limit: pageSize, ...(before === undefined ? {} : { before }) };
    try {
      const params = { path: { id: room.id }, query };
      const page = await dataOf(api.GET("/api/safeguarding/rooms/{id}/messages", { params }));
      if (isGone) return;
      setMessages((known) => [...page.messages, ...(known ?? [])]);
      setMore(page.more);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  onMount(() => void loadEarlier());
  onCleanup(() => (isGone = true));
  return { messages, more, busy, error, loadEarlier };
}
