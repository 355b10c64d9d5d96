import ArrowDown from "lucide-solid/icons/arrow-down";
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Match,
  on,
  Show,
  Switch,
  type JSX,
} from "solid-js";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import type { Room } from "../room/createRoom.ts";
import { hasEarlier, mergeOutbox } from "../room/reduceChat.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { makeChatItems, reuseItems, type ChatItem, type ChatItemsOptions } from "./chatItems.ts";
import { ChatMessageRow } from "./ChatMessageRow.tsx";
import type { ChatReading } from "./createChatReading.ts";
import { createListWindow } from "./createListWindow.ts";
import { createStickyScroll, type StickyScroll } from "./createStickyScroll.ts";
import styles from "./ChatList.module.css";

export interface ChatListProps {
  readonly room: Room;
  readonly me: ChatItemsOptions["me"];
  readonly reading: ChatReading;
  /** The list is on the screen, and the page is looked at. */
  readonly isInView: boolean;
}

/** The messages of a room: at the end while one reads there, and where one reads otherwise. */
export function ChatList(props: ChatListProps): JSX.Element {
  const { t } = useI18n();
  const scroll = createStickyScroll();
  const items = createItems(props);
  const shown = createListWindow(items);
  const isJoined = createMemo(() => props.room.state().status.name !== "joining");
  const lastWritten = createMemo(() => props.room.outbox.messages().at(-1)?.clientId);

  createEffect(
    on([shown.items, () => props.isInView], () => {
      scroll.follow();
      if (props.isInView && scroll.isAtEnd()) props.reading.markRead();
    }),
  );
  createEffect(
    on(scroll.isAtEnd, (isAtEnd) => {
      if (!isAtEnd) return;
      shown.shrink();
      if (props.isInView) props.reading.markRead();
    }),
  );
  // Who writes wants to see what they wrote.
  createEffect(
    on(
      lastWritten,
      (clientId) => {
        if (clientId === undefined) return;
        props.reading.clearLine();
        scroll.goToEnd();
      },
      { defer: true },
    ),
  );

  return (
    <div class={styles.frame}>
      <div
        ref={(element) => scroll.ref(element)}
        class={styles.scroll}
        // Chromium makes scrolling regions focusable, other browsers do not.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t("chat.messages")}
        onScroll={() => scroll.onScroll()}
      >
        <Show
          when={items().length > 0}
          fallback={
            <Show when={isJoined()}>
              <div class={styles.empty}>
                <EmptyState level={3} title={t("chat.emptyTitle")} text={t("chat.emptyText")} />
              </div>
            </Show>
          }
        >
          <Earlier room={props.room} scroll={scroll} window={shown} />
          <ol class={styles.list}>
            <For each={shown.items()}>{(item) => <Row item={item} room={props.room} />}</For>
          </ol>
        </Show>
      </div>
      <Show when={!scroll.isAtEnd()}>
        <div class={styles.jump}>
          <Button size="sm" variant="primary" icon={<ArrowDown />} onClick={() => scroll.goToEnd()}>
            {props.reading.unreadCount() > 0
              ? t("chat.newMessages", { count: props.reading.unreadCount() })
              : t("chat.toNewest")}
          </Button>
        </div>
      </Show>
    </div>
  );
}

function createItems(props: ChatListProps): () => readonly ChatItem[] {
  const chat = createMemo(() => props.room.state().chat);
  return createMemo<readonly ChatItem[]>((before) => {
    const shown = mergeOutbox(chat(), props.me.participantId, props.room.outbox.messages());
    const options = {
      me: props.me,
      unreadAfterSeq: props.reading.lineAfterSeq(),
      dayOf: (atMs: number) => new Date(atMs).toDateString(),
    };
    return reuseItems(before, makeChatItems(shown, options));
  }, []);
}

/** Rows are keyed by their item, and an item never changes. */
function Row(props: { readonly item: ChatItem; readonly room: Room }): JSX.Element {
  const { t, formatDate } = useI18n();
  return (
    <Switch>
      <Match when={props.item.kind === "day" && props.item}>
        {(day) => (
          <li class={styles.day}>
            <span>{formatDate(day().atMs)}</span>
          </li>
        )}
      </Match>
      <Match when={props.item.kind === "unread"}>
        <li class={styles.unread}>
          <span>{t("chat.unread")}</span>
        </li>
      </Match>
      <Match when={props.item.kind === "message" && props.item}>
        {(message) => (
          <ChatMessageRow
            message={message()}
            onRetry={props.room.outbox.retry}
            onDelete={props.room.outbox.discard}
          />
        )}
      </Match>
    </Switch>
  );
}

function Earlier(props: {
  readonly room: Room;
  readonly scroll: StickyScroll;
  readonly window: { readonly hasHidden: () => boolean; readonly grow: () => void };
}): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const toasts = useToasts();
  const [isLoading, setIsLoading] = createSignal(false);
  const isMore = (): boolean => props.window.hasHidden() || hasEarlier(props.room.state().chat);

  async function load(): Promise<void> {
    if (!props.window.hasHidden()) await props.room.loadEarlier();
    props.window.grow();
  }

  async function showEarlier(): Promise<void> {
    setIsLoading(true);
    try {
      await props.scroll.keepPlace(load);
    } catch (error) {
      toasts.show({ tone: "danger", text: problemText(error) });
    }
    setIsLoading(false);
  }

  return (
    <Show when={isMore()}>
      <div class={styles.earlier}>
        <Button size="sm" variant="quiet" busy={isLoading()} onClick={() => void showEarlier()}>
          {t("chat.earlier")}
        </Button>
      </div>
    </Show>
  );
}
