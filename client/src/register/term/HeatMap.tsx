import { A } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from "solid-js";
import type { RoomRegister, StudentLine } from "../../api/api.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/classNames.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { createPrinting } from "./createPrinting.ts";
import { verdictKeys, verdicts, verdictSigns, type Verdict } from "../verdicts.ts";
import styles from "./HeatMap.module.css";

/** So many lines are drawn at once: a school's largest class stays quick. */
const pageSize = 50;
/** So many classes go beside each other on paper, A4 across. */
const classesOnPaper = 40;

export interface HeatMapProps {
  readonly register: RoomRegister;
  /** What the addresses of students' pages end with. */
  readonly query: string;
}

/**
 * Students by classes: a table, whose cells say by colour, by sign and in words what was. On paper all students are
 * there, and classes that have no room beside the others come in a table of their own.
 */
export function HeatMap(props: HeatMapProps): JSX.Element {
  const { t } = useI18n();
  const isPrinting = createPrinting();
  const [first, setFirst] = createSignal(0);
  createEffect(
    on(
      () => props.register,
      () => setFirst(0),
      { defer: true },
    ),
  );
  const people = createMemo(() => {
    const all = props.register.people;
    return isPrinting() ? all : all.slice(first(), first() + pageSize);
  });
  const stretches = createMemo((): readonly Places[] => {
    const count = props.register.classes.length;
    const size = isPrinting() ? classesOnPaper : count;
    return Array.from({ length: Math.ceil(count / size) }, (_, part) => ({
      from: part * size,
      to: Math.min((part + 1) * size, count),
    }));
  });
  return (
    <>
      <Legend />
      <For each={stretches()}>
        {(places) => (
          // A region that scrolls must be reached by keyboard: WCAG 2.1.1.
          <div
            class={styles.scroller}
            role="region"
            aria-label={t("register.heatLabel")}
            tabIndex={0}
          >
            <HeatTable {...props} people={people()} places={places} />
          </div>
        )}
      </For>
      <Show when={props.register.people.length > pageSize}>
        <Pager all={props.register.people.length} first={first()} onMove={setFirst} />
      </Show>
    </>
  );
}

/** The classes from one place of the term to another, which is not among them. */
interface Places {
  readonly from: number;
  readonly to: number;
}

interface HeatTableProps extends HeatMapProps {
  readonly people: readonly StudentLine[];
  readonly places: Places;
}

function HeatTable(props: HeatTableProps): JSX.Element {
  const { t, formatDay } = useI18n();
  return (
    <table class={styles.table}>
      <caption class={styles.caption}>{t("register.heatLabel")}</caption>
      <thead>
        <tr>
          <th scope="col" class={styles.name}>
            {t("register.name")}
          </th>
          <th scope="col">{t("register.cameLabel")}</th>
          <For each={props.register.classes.slice(props.places.from, props.places.to)}>
            {(one) => (
              <th scope="col" class={styles.class}>
                <A href={`/class/${one.liveClassId}/register`} title={one.title}>
                  <span>{formatDay(one.startedAtMs)}</span>
                  <VisuallyHidden>{one.title}</VisuallyHidden>
                </A>
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>
        <For each={props.people}>
          {(person) => (
            <Line
              person={person}
              places={props.places}
              roomId={props.register.room.id}
              query={props.query}
            />
          )}
        </For>
      </tbody>
    </table>
  );
}

function Line(props: {
  readonly person: StudentLine;
  readonly places: Places;
  readonly roomId: string;
  readonly query: string;
}): JSX.Element {
  const { t, formatNumber } = useI18n();
  const corrected = createMemo(() => new Set(props.person.corrected));
  return (
    <tr>
      <th scope="row" class={styles.name}>
        <A href={`/room/${props.roomId}/register/${props.person.participantId}${props.query}`}>
          {props.person.name || t("common.erasedName")}
        </A>
      </th>
      <td class={styles.percent}>
        {props.person.percent === null
          ? "–"
          : t("register.percent", { amount: formatNumber(props.person.percent) })}
      </td>
      <For each={props.person.verdicts.slice(props.places.from, props.places.to)}>
        {(verdict, index) => (
          <Cell
            verdict={verdict}
            minutes={props.person.minutes[props.places.from + index()] ?? 0}
            isCorrected={corrected().has(props.places.from + index())}
          />
        )}
      </For>
    </tr>
  );
}

function Cell(props: {
  readonly verdict: Verdict | null;
  readonly minutes: number;
  readonly isCorrected: boolean;
}): JSX.Element {
  const { t, formatNumber } = useI18n();
  const words = (): string => {
    if (props.verdict === null) return t("register.cellNone");
    const values = {
      verdict: t(verdictKeys[props.verdict]),
      amount: formatNumber(props.minutes, { maximumFractionDigits: 0 }),
    };
    return props.isCorrected ? t("register.cellCorrected", values) : t("register.cell", values);
  };
  return (
    <td
      class={classNames(
        styles.cell,
        props.verdict !== null && styles[props.verdict],
        props.isCorrected && styles.corrected,
      )}
      title={words()}
    >
      <span aria-hidden="true">{props.verdict === null ? "" : verdictSigns[props.verdict]}</span>
      <VisuallyHidden>{words()}</VisuallyHidden>
    </td>
  );
}

function Legend(): JSX.Element {
  const { t } = useI18n();
  return (
    <ul class={styles.legend} aria-label={t("register.legend")}>
      <For each={verdicts}>
        {(verdict) => (
          <li>
            <span class={classNames(styles.cell, styles[verdict])} aria-hidden="true">
              {verdictSigns[verdict]}
            </span>
            {t(verdictKeys[verdict])}
          </li>
        )}
      </For>
      <li>
        <span class={classNames(styles.cell, styles.corrected)} aria-hidden="true" />
        {t("register.legendCorrected")}
      </li>
    </ul>
  );
}

function Pager(props: {
  readonly all: number;
  readonly first: number;
  readonly onMove: (first: number) => void;
}): JSX.Element {
  const { t, formatNumber } = useI18n();
  const last = (): number => Math.min(props.first + pageSize, props.all);
  return (
    <div class={styles.pager}>
      <Button
        size="sm"
        disabled={props.first === 0}
        onClick={() => props.onMove(Math.max(0, props.first - pageSize))}
      >
        {t("register.pageBefore")}
      </Button>
      <span role="status">
        {t("register.pageOf", {
          from: formatNumber(props.first + 1),
          to: formatNumber(last()),
          all: formatNumber(props.all),
        })}
      </span>
      <Button
        size="sm"
        disabled={last() === props.all}
        onClick={() => props.onMove(props.first + pageSize)}
      >
        {t("register.pageNext")}
      </Button>
    </div>
  );
}
