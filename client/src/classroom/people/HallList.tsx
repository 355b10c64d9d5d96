import type { Participant, ParticipantId } from "@darasa/protocol";
import Search from "lucide-solid/icons/search";
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
  type JSX,
} from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { peopleInOrder } from "../../room/reducePresence.ts";
import { useClassroom } from "../ClassroomContext.tsx";
import { createHallPeople } from "./createHallPeople.ts";
import { PersonRow } from "./PersonRow.tsx";
import { visibleRows } from "./visibleRows.ts";
import styles from "./HallList.module.css";

/** As the style sheet has it. */
const rowHeightPx = 52;
const typingPauseMs = 300;
/** People come and go all the time in a hall; a list that follows each of them could not be read. */
const refreshMs = 15_000;

export interface HallListProps {
  /** The place in the queue, from 1; null for a hand that is down. */
  readonly handPlace: (id: ParticipantId) => number | null;
  readonly onRemove: (person: Participant) => void;
}

/** The people of a hall: those of note first, all others in pages as one scrolls, and by name. */
export function HallList(props: HallListProps): JSX.Element {
  const { t, language } = useI18n();
  const { room, view } = useClassroom();
  const hall = createHallPeople(room.commands.getParticipants);
  const [query, setQuery] = createSignal("");
  const presence = createMemo(() => room.state().presence);
  /** Of those of note everything is told at once. */
  const newest = (person: Participant): Participant =>
    presence().get(person.participantId) ?? person;
  const people = createMemo<readonly Participant[]>(() => {
    if (query().trim() !== "") return hall.people().map((person) => newest(person));
    const noted = peopleInOrder(presence(), language());
    return [...noted, ...hall.people().filter((person) => !presence().has(person.participantId))];
  });

  createEffect(
    on(query, (wanted) => {
      const timer = setTimeout(() => void hall.search(wanted.trim()), typingPauseMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  createEffect(() => {
    if (!view.isInView("people")) return;
    const timer = setInterval(() => void hall.search(query().trim()), refreshMs);
    onCleanup(() => clearInterval(timer));
  });

  return (
    <>
      <div class={styles.search}>
        <Search aria-hidden="true" />
        <input
          type="search"
          class={styles.field}
          aria-label={t("classroom.hall.search")}
          placeholder={t("classroom.hall.search")}
          value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <p class={styles.found} aria-live="polite">
        <Show when={query().trim() !== "" && !hall.isLoading() && !hall.hasMore()}>
          {people().length === 0
            ? t("classroom.hall.nobody")
            : t("classroom.hall.found", { count: people().length })}
        </Show>
      </p>
      <Rows {...props} people={people()} onNearEnd={() => void hall.more()} />
    </>
  );
}

interface RowsProps extends HallListProps {
  readonly people: readonly Participant[];
  readonly onNearEnd: () => void;
}

/** Only the rows in sight are in the document: ten thousand of them would stop a phone. */
function Rows(props: RowsProps): JSX.Element {
  const { t } = useI18n();
  const { room } = useClassroom();
  const [scrolled, setScrolled] = createSignal({ top: 0, height: 0 });
  let place: HTMLDivElement | undefined;
  const measure = (): void => {
    if (place !== undefined) setScrolled({ top: place.scrollTop, height: place.clientHeight });
  };
  const shown = createMemo(() =>
    visibleRows({ ...scrolled(), rowHeight: rowHeightPx, count: props.people.length }),
  );
  createEffect(() => {
    if (scrolled().height > 0 && shown().end >= props.people.length) props.onNearEnd();
  });
  onMount(() => {
    const observer = new ResizeObserver(measure);
    if (place !== undefined) observer.observe(place);
    onCleanup(() => observer.disconnect());
  });
  return (
    <div
      ref={(element) => (place = element)}
      class={styles.place}
      role="region"
      tabIndex={0}
      aria-label={t("classroom.people")}
      onScroll={measure}
    >
      <ul
        class={styles.list}
        aria-label={t("classroom.people")}
        style={{
          "padding-top": `${shown().first * rowHeightPx}px`,
          "padding-bottom": `${(props.people.length - shown().end) * rowHeightPx}px`,
        }}
      >
        <For each={props.people.slice(shown().first, shown().end)}>
          {(person, index) => (
            <PersonRow
              person={person}
              place={{ at: shown().first + index() + 1, of: room.state().count }}
              handPlace={props.handPlace(person.participantId)}
              onRemove={() => props.onRemove(person)}
            />
          )}
        </For>
      </ul>
    </div>
  );
}
