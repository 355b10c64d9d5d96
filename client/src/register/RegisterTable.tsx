import Pencil from "lucide-solid/icons/pencil";
import { createMemo, For, Show, type JSX } from "solid-js";
import type { Attendee } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { roleKeys } from "../shell/roleKeys.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge } from "../ui/Badge.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { PresenceBar } from "./PresenceBar.tsx";
import { sortPeople, timeMarks, type Span } from "./timeline.ts";
import { verdictKeys, verdictTones } from "./verdicts.ts";
import styles from "./RegisterTable.module.css";

export interface RegisterTableProps {
  readonly people: readonly Attendee[];
  readonly span: Span;
  /** The teacher wants to correct what is said about that person. */
  readonly onCorrect: (person: Attendee) => void;
}

/** One line a person; on a phone, one card a person. */
export function RegisterTable(props: RegisterTableProps): JSX.Element {
  const { t, language } = useI18n();
  const people = createMemo(() => sortPeople(props.people, language()));
  return (
    <table class={styles.table}>
      <caption class={styles.caption}>{t("register.tableLabel")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("register.name")}</th>
          <th scope="col">{t("register.role")}</th>
          <th scope="col">{t("register.verdict")}</th>
          <th scope="col">{t("register.firstJoined")}</th>
          <th scope="col">{t("register.lastLeft")}</th>
          <th scope="col" class={styles.number}>
            {t("register.minutesLabel")}
          </th>
          <th scope="col" class={styles.timelineHead}>
            <span class={styles.timelineLabel}>{t("register.timeline")}</span>
            <Marks span={props.span} />
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={people()}>
          {(person) => (
            <Line person={person} span={props.span} onCorrect={() => props.onCorrect(person)} />
          )}
        </For>
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly person: Attendee;
  readonly span: Span;
  readonly onCorrect: () => void;
}

function Line(props: LineProps): JSX.Element {
  const { t, formatTime, formatNumber } = useI18n();
  const time = (atMs: number | null): string => (atMs === null ? "–" : formatTime(atMs));
  return (
    <tr>
      <th scope="row" class={styles.who}>
        <span class={styles.person}>
          <Avatar
            id={props.person.participantId}
            name={props.person.name}
            present={props.person.present ? true : undefined}
          />
          <span class={styles.name}>
            {props.person.name || t("common.erasedName")}
            <Show when={props.person.present}>
              <span class={styles.now}>{t("register.presentNow")}</span>
            </Show>
          </span>
        </span>
      </th>
      <td data-label={t("register.role")}>{t(roleKeys[props.person.role])}</td>
      <td data-label={t("register.verdict")} class={styles.verdict}>
        <Standing person={props.person} onCorrect={() => props.onCorrect()} />
      </td>
      <td data-label={t("register.firstJoined")} class={styles.time}>
        {time(props.person.firstJoinedAtMs)}
      </td>
      <td data-label={t("register.lastLeft")} class={styles.time}>
        {props.person.present ? "–" : time(props.person.lastLeftAtMs)}
      </td>
      <td data-label={t("register.minutesLabel")} class={styles.number}>
        {formatNumber(props.person.minutes, {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        })}
      </td>
      <td class={styles.timeline}>
        <PresenceBar person={props.person} span={props.span} />
      </td>
    </tr>
  );
}

/** The verdict that counts, the correction that made it, and the way to correct it. */
function Standing(props: Omit<LineProps, "span">): JSX.Element {
  const { t } = useI18n();
  const name = (): string => props.person.name || t("common.erasedName");
  return (
    <Show when={props.person.verdict} fallback="–">
      {(verdict) => (
        <span class={styles.standing}>
          <Badge tone={verdictTones[verdict()]}>{t(verdictKeys[verdict()])}</Badge>
          <IconButton
            class={styles.correct}
            size="sm"
            label={t("register.correctNamed", { name: name() })}
            icon={<Pencil />}
            onClick={() => props.onCorrect()}
          />
          <Show when={props.person.correction}>
            {(correction) => (
              <span class={styles.correction}>
                {t("register.correctedBy", {
                  name: correction().by || t("common.erasedName"),
                  reason: correction().reason || "–",
                })}
                <Show when={props.person.computed}>
                  {(computed) => (
                    <span>{t("register.computed", { verdict: t(verdictKeys[computed()]) })}</span>
                  )}
                </Show>
              </span>
            )}
          </Show>
        </span>
      )}
    </Show>
  );
}

function Marks(props: { readonly span: Span }): JSX.Element {
  const { formatTime } = useI18n();
  const share = (atMs: number): number =>
    (atMs - props.span.fromMs) / (props.span.toMs - props.span.fromMs);
  return (
    <span class={styles.marks} aria-hidden="true">
      <For each={timeMarks(props.span)}>
        {(atMs) => (
          <span class={styles.mark} style={{ left: `${share(atMs) * 100}%` }}>
            {formatTime(atMs)}
          </span>
        )}
      </For>
    </span>
  );
}
