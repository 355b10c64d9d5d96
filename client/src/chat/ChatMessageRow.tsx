import Check from "lucide-solid/icons/check";
import CircleAlert from "lucide-solid/icons/circle-alert";
import Clock3 from "lucide-solid/icons/clock-3";
import { Match, Show, Switch, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { classNames } from "../ui/classNames.ts";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import type { MessageItem } from "./chatItems.ts";
import { MessageText } from "./MessageText.tsx";
import styles from "./ChatMessageRow.module.css";

export interface ChatMessageRowProps {
  readonly message: MessageItem;
  readonly onRetry: (clientId: string) => void;
  readonly onDelete: (clientId: string) => void;
}

/** One message: one's own to the right with what became of it, others' to the left with who wrote it. */
export function ChatMessageRow(props: ChatMessageRowProps): JSX.Element {
  const { t } = useI18n();
  return (
    <li
      class={classNames(
        styles.row,
        props.message.isOwn && styles.own,
        props.message.startsGroup && styles.first,
      )}
    >
      <Show when={!props.message.isOwn}>
        <span class={styles.who}>
          <Show when={props.message.startsGroup}>
            <Avatar id={props.message.senderId} name={props.message.senderName} size="sm" />
          </Show>
        </span>
      </Show>
      <div class={styles.content}>
        <GroupHead message={props.message} />
        <div class={classNames(styles.bubble, props.message.state === "failed" && styles.failed)}>
          <Show
            when={!props.message.isErased}
            fallback={<p class={styles.erased}>{t("chat.erased")}</p>}
          >
            <MessageText text={props.message.body} />
          </Show>
          <Show when={props.message.isOwn}>
            <MessageState state={props.message.state} />
          </Show>
        </div>
        <Show when={props.message.state === "failed"}>
          <div class={styles.failure}>
            <p>
              {t("chat.notSent")} {t(`errors.${failureKey(props.message)}`)}
            </p>
            <Button size="sm" variant="quiet" onClick={() => props.onRetry(props.message.clientId)}>
              {t("common.retry")}
            </Button>
            <Button
              size="sm"
              variant="quiet"
              onClick={() => props.onDelete(props.message.clientId)}
            >
              {t("chat.delete")}
            </Button>
          </div>
        </Show>
      </div>
    </li>
  );
}

/** Only the first of a row shows it; screen readers get the name with every message. */
function GroupHead(props: { readonly message: MessageItem }): JSX.Element {
  const { t, formatTime } = useI18n();
  const name = () =>
    props.message.isOwn ? t("chat.you") : props.message.senderName || t("common.erasedName");
  return (
    <Show when={props.message.startsGroup} fallback={<VisuallyHidden>{name()}: </VisuallyHidden>}>
      <p class={styles.head}>
        <Show when={!props.message.isOwn} fallback={<VisuallyHidden>{name()}</VisuallyHidden>}>
          <span class={styles.name} dir="auto">
            {name()}
          </span>
        </Show>
        <time class={styles.time} dateTime={new Date(props.message.atMs).toISOString()}>
          {formatTime(props.message.atMs)}
        </time>
      </p>
    </Show>
  );
}

const stateKeys = {
  sent: "chat.stateSent",
  sending: "chat.stateSending",
  waiting: "chat.stateWaiting",
  failed: "chat.stateFailed",
} as const satisfies Record<MessageItem["state"], string>;

function MessageState(props: { readonly state: MessageItem["state"] }): JSX.Element {
  const { t } = useI18n();
  return (
    <span class={styles.state} title={t(stateKeys[props.state])} data-state={props.state}>
      <Switch fallback={<Clock3 aria-hidden="true" />}>
        <Match when={props.state === "sent"}>
          <Check aria-hidden="true" />
        </Match>
        <Match when={props.state === "failed"}>
          <CircleAlert aria-hidden="true" />
        </Match>
      </Switch>
      <VisuallyHidden>{t(stateKeys[props.state])}</VisuallyHidden>
    </span>
  );
}

/** A message fails for good only by a word of the server; the rest is waited for. */
function failureKey({ failure }: MessageItem) {
  const isOwnNetwork = failure === null || failure === "timeout" || failure === "disconnected";
  return isOwnNetwork ? "unreachable" : failure;
}
