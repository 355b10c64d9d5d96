import Search from "lucide-solid/icons/search";
import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from "solid-js";
import { api, type Room } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { decodeFutureTime, encodeLocalTime } from "../plannedTime.ts";
import type { WantedPlace } from "./createMembers.ts";
import { canTake, type Member, type Place } from "./place.ts";
import { placeKeys, usualEnd } from "./SubstituteUntil.tsx";
import styles from "./MembersDialog.module.css";

type Person = components["schemas"]["Person"];

const typingPauseMs = 250;
const maxFound = 8;

export interface AddMemberProps {
  readonly room: Room;
  readonly places: readonly Place[];
  readonly members: readonly Member[];
  /** Resolves to whether it was done. */
  readonly onAdd: (place: WantedPlace) => Promise<boolean>;
}

/** Finds people of the school by name and lets them in, as what was chosen. */
export function AddMember(props: AddMemberProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [place, setPlace] = createSignal<Place>("student");
  const [until, setUntil] = createSignal(encodeLocalTime(usualEnd(Date.now())));
  const [fault, setFault] = createSignal<string>();
  const [query, setQuery] = createSignal("");
  const search = createSearch(query);
  const [adding, setAdding] = createSignal<string>();
  const isMember = (id: string): boolean => props.members.some(({ userId }) => userId === id);

  const add = async (userId: string): Promise<void> => {
    const isSubstitute = place() === "substitute";
    const untilMs = isSubstitute ? decodeFutureTime(until(), Date.now()) : null;
    setFault(isSubstitute && untilMs === null ? t("members.untilFault") : undefined);
    if (fault() !== undefined || adding() !== undefined) return;
    setAdding(userId);
    await props.onAdd({ userId, role: place() === "student" ? "student" : "teacher", untilMs });
    setAdding(undefined);
  };

  return (
    <section class={styles.add} aria-label={t("members.add")}>
      <div class={styles.fields}>
        <TextField
          label={t("members.search")}
          hint={t("members.searchHint")}
          type="search"
          autocomplete="off"
          action={<Search aria-hidden="true" />}
          value={query()}
          onInput={setQuery}
        />
        <Show when={props.places.length > 1}>
          <Select
            label={t("members.addAs")}
            options={props.places.map((value) => ({ value, label: t(placeKeys[value]) }))}
            value={place()}
            onChange={(value) => setPlace(value as Place)}
          />
        </Show>
        <Show when={place() === "substitute"}>
          <TextField
            type="datetime-local"
            label={t("members.untilLabel")}
            error={fault()}
            value={until()}
            onInput={setUntil}
          />
        </Show>
      </div>
      <Show when={search.error() !== undefined}>
        <Banner tone="warning">{problemText(search.error())}</Banner>
      </Show>
      <Show when={search.found()}>
        {(found) => (
          <Show
            when={found().length > 0}
            fallback={<p role="status">{t("members.nobody", { query: query() })}</p>}
          >
            <ul class={styles.list} aria-label={t("members.found")}>
              <For each={found()}>
                {(person) => (
                  <li class={styles.row}>
                    <Avatar id={person.id} name={person.name} />
                    <span class={styles.who}>
                      <span class={styles.name} dir="auto">
                        {person.name}
                      </span>
                      <span class={styles.faint}>{t(roleKeys[person.role])}</span>
                    </span>
                    <Show
                      when={!isMember(person.id)}
                      fallback={<span class={styles.faint}>{t("members.isIn")}</span>}
                    >
                      <Show
                        when={canTake(place(), props.room.kind, person.role)}
                        fallback={<span class={styles.faint}>{t("members.cannotTeach")}</span>}
                      >
                        <Button
                          size="sm"
                          busy={adding() === person.id}
                          aria-label={t("members.addNamed", { name: person.name })}
                          onClick={() => void add(person.id)}
                        >
                          {t("members.addVerb")}
                        </Button>
                      </Show>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </section>
  );
}

/** Who has that in their name, asked for after a pause in typing; undefined while nothing is asked. */
function createSearch(query: () => string) {
  const [found, setFound] = createSignal<readonly Person[]>();
  const [error, setError] = createSignal<unknown>();
  let latest = 0;
  createEffect(
    on(query, (text) => {
      const own = ++latest;
      if (text.trim() === "") {
        setFound(undefined);
        return;
      }
      const timer = setTimeout(() => {
        const params = {
          query: { query: text.trim(), status: "active" as const, limit: maxFound },
        };
        dataOf(api.GET("/api/people", { params })).then(
          ({ people }) => {
            if (own !== latest) return;
            setFound(people);
            setError(undefined);
          },
          (problem: unknown) => {
            if (own === latest) setError(problem);
          },
        );
      }, typingPauseMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  onCleanup(() => (latest += 1));
  return { found, error };
}
