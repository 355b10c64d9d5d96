import Download from "lucide-solid/icons/download";
import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Badge, type BadgeTone } from "../../ui/Badge.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/classNames.ts";
import { saveFile } from "../../ui/saveFile.ts";
import { Spinner } from "../../ui/Spinner.tsx";
import { Switch as Toggle } from "../../ui/Switch.tsx";
import { NoMailNote } from "../invitations/NoMailNote.tsx";
import { encodeFailedRows } from "./encodeFailedRows.ts";
import type { RosterResult, RosterRow } from "./roster.ts";
import styles from "./ImportDialog.module.css";
import tables from "../Table.module.css";

export interface ImportRowsProps {
  readonly result: RosterResult;
  readonly stage: "preview" | "running" | "done";
}

/** More would be slow to draw; what is wrong is never left out. */
const shownRows = 200;

/** The rows of a roster with what becomes, or became, of each. */
export function ImportRows(props: ImportRowsProps): JSX.Element {
  const { t } = useI18n();
  const [onlyFailed, setOnlyFailed] = createSignal(false);
  const problemOf = useRowProblem();
  const failed = createMemo(() => props.result.rows.filter(({ outcome }) => outcome === "error"));
  const wanted = (): readonly RosterRow[] => (onlyFailed() ? failed() : props.result.rows);
  const download = (): void => {
    const csv = encodeFailedRows(props.result.rows, { title: t("import.problem"), of: problemOf });
    saveFile(new Blob([csv], { type: "text/csv;charset=utf-8" }), t("import.failedFile"));
  };
  return (
    <>
      <StageBanner {...props} />
      <Totals result={props.result} isDone={props.stage === "done"} />
      <Show when={failed().length > 0}>
        <div class={styles.failedBar}>
          <Toggle label={t("import.onlyFailed")} checked={onlyFailed()} onChange={setOnlyFailed} />
          <Button size="sm" icon={<Download />} onClick={download}>
            {t("import.download")}
          </Button>
        </div>
      </Show>
      <table class={tables.table}>
        <caption class={tables.caption}>{t("import.rows")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("import.line")}</th>
            <th scope="col">{t("people.name")}</th>
            <th scope="col">{t("people.email")}</th>
            <th scope="col">{t("import.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          <For each={wanted().slice(0, shownRows)}>
            {(row) => <Line row={row} isDone={props.stage === "done"} />}
          </For>
        </tbody>
      </table>
      <Show when={wanted().length > shownRows}>
        <p class={tables.faint}>{t("import.notShown", { count: wanted().length - shownRows })}</p>
      </Show>
    </>
  );
}

function StageBanner(props: ImportRowsProps): JSX.Element {
  const { t } = useI18n();
  const allGood = (): boolean => props.result.totals.error === 0;
  return (
    <Show
      when={props.stage !== "running"}
      fallback={
        <Banner announce="status">
          <span class={styles.running}>
            <Spinner />
            {t("import.running", { count: props.result.totals.new })}
          </span>
        </Banner>
      }
    >
      <Show when={props.stage === "done"}>
        <Banner tone={allGood() ? "success" : "warning"} announce="status">
          {t(allGood() ? "import.doneAll" : "import.doneSome")}
        </Banner>
        <Show when={props.result.totals.new > 0}>
          <NoMailNote isDone />
        </Show>
      </Show>
    </Show>
  );
}

function Totals(props: { readonly result: RosterResult; readonly isDone: boolean }): JSX.Element {
  const { t, formatNumber } = useI18n();
  return (
    <dl class={styles.totals}>
      <For each={["new", "exists", "invited", "error"] as const}>
        {(outcome) => (
          <div>
            <dt>{t(`import.total.${outcome === "new" && props.isDone ? "sent" : outcome}`)}</dt>
            <dd>{formatNumber(props.result.totals[outcome])}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

function Line(props: { readonly row: RosterRow; readonly isDone: boolean }): JSX.Element {
  const { t } = useI18n();
  const problemOf = useRowProblem();
  const word = (): string => {
    const { outcome } = props.row;
    if (outcome === "error") return problemOf(props.row);
    return t(`invite.outcome.${outcome === "new" && !props.isDone ? "willBeInvited" : outcome}`);
  };
  return (
    <tr>
      <td data-label={t("import.line")}>{props.row.line}</td>
      <td data-label={t("people.name")} class={styles.cell}>
        {props.row.name}
      </td>
      <td data-label={t("people.email")} class={classNames(styles.cell, tables.wide)}>
        {props.row.email}
      </td>
      <td data-label={t("import.outcome")} class={tables.wide}>
        <Show
          when={props.row.outcome === "error"}
          fallback={<Badge tone={tones[props.row.outcome]}>{word()}</Badge>}
        >
          <span class={styles.problem}>{word()}</span>
        </Show>
      </td>
    </tr>
  );
}

const tones = {
  new: "success",
  exists: "neutral",
  invited: "neutral",
  error: "danger",
} as const satisfies Record<RosterRow["outcome"], BadgeTone>;

/** Gives a function that tells what is wrong with a row; nothing when nothing is. */
function useRowProblem(): (row: RosterRow) => string {
  const { t } = useI18n();
  return ({ error, ...row }) => {
    if (error === null) return "";
    const column = t(`import.column.${error.column}`);
    return t(`import.error.${error.code}`, { column, value: row[error.column] });
  };
}
