import Search from "lucide-solid/icons/search";
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch, type JSX } from "solid-js";
import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { FailedCard } from "../shell/FailedCard.tsx";
import { MessageCard } from "../shell/MessageCard.tsx";
import { Page } from "../shell/Page.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { TextField } from "../ui/TextField.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { RoomReader } from "./RoomReader.tsx";
import { RoomTable } from "./RoomTable.tsx";
import type { SafeguardedRoom } from "./safeguardedRoom.ts";
import styles from "./SafeguardingPage.module.css";

const typingPauseMs = 250;

/** Reading what was said when a child may be in danger: never without a reason. */
export function SafeguardingPage(): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  return (
    <Page title={t("safeguarding.title")}>
      <Show
        when={user()?.permissions.includes("safeguarding.read")}
        fallback={
          <MessageCard
            title={t("safeguarding.closedTitle")}
            text={t("safeguarding.closedText")}
            actions={<ButtonLink href="/">{t("common.toHome")}</ButtonLink>}
          />
        }
      >
        <header class={styles.head}>
          <h1>{t("safeguarding.title")}</h1>
          <p class={styles.lead}>{t("safeguarding.lead")}</p>
        </header>
        <Rooms />
      </Show>
    </Page>
  );
}

/** A room with the reason for which it is read. */
interface Look {
  readonly room: SafeguardedRoom;
  readonly reason: string;
}

function Rooms(): JSX.Element {
  const { t } = useI18n();
  const [query, setQuery] = createSignal("");
  const search = createRoomSearch(query);
  const [asked, setAsked] = createSignal<SafeguardedRoom>();
  const [look, setLook] = createSignal<Look>();
  return (
    <>
      <div class={styles.search}>
        <TextField
          type="search"
          label={t("safeguarding.search")}
          hint={t("safeguarding.searchHint")}
          autocomplete="off"
          action={<Search aria-hidden="true" />}
          value={query()}
          onInput={setQuery}
        />
      </div>
      <Switch fallback={<Spinner label={t("common.loading")} />}>
        <Match when={search.error() !== undefined}>
          <FailedCard error={search.error()} onRetry={search.retry} />
        </Match>
        <Match when={search.rooms()}>
          {(rooms) => (
            <Show
              when={rooms().length > 0}
              fallback={
                <EmptyState title={t("safeguarding.noneTitle")} text={t("safeguarding.noneText")} />
              }
            >
              <RoomTable rooms={rooms()} onRead={setAsked} />
            </Show>
          )}
        </Match>
      </Switch>
      <Show when={asked()} keyed>
        {(room) => (
          <ReasonDialog
            onClose={() => setAsked(undefined)}
            onGiven={(reason) => {
              setAsked(undefined);
              setLook({ room, reason });
            }}
          />
        )}
      </Show>
      <Show when={look()} keyed>
        {({ room, reason }) => (
          <RoomReader room={room} reason={reason} onClose={() => setLook(undefined)} />
        )}
      </Show>
    </>
  );
}

/** The rooms that match, asked for after a pause in typing; an answer that was overtaken is dropped. */
function createRoomSearch(query: () => string) {
  const [rooms, setRooms] = createSignal<readonly SafeguardedRoom[]>();
  const [error, setError] = createSignal<unknown>();
  const [tries, setTries] = createSignal(0);
  let latest = 0;
  const load = async (): Promise<void> => {
    const own = ++latest;
    try {
      const params = { query: { query: query().trim() } };
      const answer = await dataOf(api.GET("/api/safeguarding/rooms", { params }));
      if (own !== latest) return;
      setRooms(answer.rooms);
      setError(undefined);
    } catch (problem) {
      if (own === latest) setError(problem);
    }
  };
  createEffect(
    on([query, tries], () => {
      const timer = setTimeout(() => void load(), rooms() === undefined ? 0 : typingPauseMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  onCleanup(() => (latest += 1));
  return { rooms, error, retry: () => setTries((before) => before + 1) };
}
