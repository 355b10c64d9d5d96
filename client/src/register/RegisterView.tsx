import ArrowLeft from "lucide-solid/icons/arrow-left";
import CalendarRange from "lucide-solid/icons/calendar-range";
import Printer from "lucide-solid/icons/printer";
import { createMemo, Show, type JSX } from "solid-js";
import type { Attendee, Register } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { CorrectDialog } from "./CorrectDialog.tsx";
import { createCorrecting } from "./createCorrecting.ts";
import { DownloadButton } from "./DownloadButton.tsx";
import { loadClassFile } from "./downloads.ts";
import { fileName } from "./fileName.ts";
import { RegisterTable } from "./RegisterTable.tsx";
import { registerSpan, registerTotals } from "./timeline.ts";
import styles from "./RegisterPage.module.css";

export interface RegisterViewProps {
  readonly register: Register;
  /** When the register was read (epoch ms): how far the bars of a running class go. */
  readonly nowMs: number;
  /** Somebody was corrected, and stands in the register like that now. */
  readonly onChange: (person: Attendee) => void;
}

/** The register on the page and on paper. */
export function RegisterView(props: RegisterViewProps): JSX.Element {
  const { t, formatDate } = useI18n();
  const liveClass = (): Register["liveClass"] => props.register.liveClass;
  const isLive = (): boolean => liveClass().status === "live";
  const named = (kind: "csv" | "xlsx"): string =>
    fileName([t("register.classFile"), liveClass().title], {
      atMs: liveClass().startedAtMs ?? liveClass().startsAtMs,
      kind,
    });
  const correcting = createCorrecting(
    () => liveClass().id,
    (person) => props.onChange(person),
  );
  return (
    <>
      <header class={styles.head}>
        <div class={styles.headWords}>
          <p class={styles.eyebrow}>
            {t("register.title")}
            <Show when={isLive()}>
              <Badge tone="success" live>
                {t("home.stateLive")}
              </Badge>
            </Show>
          </p>
          <h1 class={styles.title}>{liveClass().title}</h1>
          <p class={styles.where}>
            {t("register.roomAndDay", {
              room: liveClass().roomName,
              date: formatDate(liveClass().startedAtMs ?? liveClass().startsAtMs),
            })}
          </p>
        </div>
        <div class={styles.actions}>
          <Show
            when={isLive()}
            fallback={
              <ButtonLink href="/" variant="quiet" icon={<ArrowLeft />}>
                {t("common.home")}
              </ButtonLink>
            }
          >
            <ButtonLink href={`/class/${liveClass().id}`} variant="quiet" icon={<ArrowLeft />}>
              {t("register.toClass")}
            </ButtonLink>
          </Show>
          <ButtonLink
            href={`/room/${liveClass().roomId}/register`}
            variant="quiet"
            icon={<CalendarRange />}
          >
            {t("register.toTerm")}
          </ButtonLink>
          <Button icon={<Printer />} onClick={() => window.print()}>
            {t("register.print")}
          </Button>
          <DownloadButton
            label={t("register.downloadCsv")}
            fileName={named("csv")}
            load={() => loadClassFile(liveClass().id, "csv")}
          />
          <DownloadButton
            primary
            label={t("register.downloadXlsx")}
            fileName={named("xlsx")}
            load={() => loadClassFile(liveClass().id, "xlsx")}
          />
        </div>
      </header>
      <Totals register={props.register} nowMs={props.nowMs} />
      <Show
        when={props.register.people.length > 0 && registerSpan(props.register, props.nowMs)}
        fallback={
          <div class={styles.empty}>
            <EmptyState
              title={t(props.register.isRemoved ? "register.removedTitle" : "register.emptyTitle")}
              text={t(emptyKey(props.register))}
            />
          </div>
        }
      >
        {(span) => (
          <>
            <RegisterTable
              people={props.register.people}
              span={span()}
              onCorrect={(person) => correcting.open(person)}
            />
            <p class={styles.running}>
              {t("register.rule", {
                minutes: props.register.rule.lateAfterMinutes,
                percent: props.register.rule.presentFromPercent,
              })}
            </p>
          </>
        )}
      </Show>
      <Show when={isLive()}>
        <p class={styles.running}>{t("register.running")}</p>
      </Show>
      <Show when={correcting.person()}>
        {(person) => (
          <CorrectDialog
            liveClassId={liveClass().id}
            person={person()}
            onClose={() => correcting.close()}
            onCorrected={(corrected) => correcting.done(person(), corrected)}
          />
        )}
      </Show>
    </>
  );
}

function emptyKey({ isRemoved, liveClass }: Register) {
  if (isRemoved) return "register.removedText";
  return liveClass.status === "scheduled" ? "register.notStartedText" : "register.emptyText";
}

function Totals(props: Omit<RegisterViewProps, "onChange">): JSX.Element {
  const { t, formatNumber, formatTime } = useI18n();
  const totals = createMemo(() => registerTotals(props.register, props.nowMs));
  const minutes = (value: number): string =>
    t("register.minutes", { amount: formatNumber(value, { maximumFractionDigits: 0 }) });
  const when = (startedAtMs: number): string => {
    const { endedAtMs } = props.register.liveClass;
    return endedAtMs === null
      ? t("home.runningSince", { time: formatTime(startedAtMs) })
      : `${formatTime(startedAtMs)}–${formatTime(endedAtMs)}`;
  };
  return (
    <dl class={styles.totals}>
      <div>
        <dt>{t("register.peopleLabel")}</dt>
        <dd>{formatNumber(totals().people)}</dd>
      </div>
      <Show when={props.register.liveClass.status === "live"}>
        <div>
          <dt>{t("register.presentNowLabel")}</dt>
          <dd>{formatNumber(totals().presentNow)}</dd>
        </div>
      </Show>
      <div>
        <dt>{t("register.lengthLabel")}</dt>
        <dd>
          {minutes(totals().lengthMinutes)}
          <Show when={props.register.liveClass.startedAtMs}>
            {(startedAtMs) => <span class={styles.detail}>{when(startedAtMs())}</span>}
          </Show>
        </dd>
      </div>
      <div>
        <dt>{t("register.averageLabel")}</dt>
        <dd>{averageText(totals().averageMinutes, minutes)}</dd>
      </div>
    </dl>
  );
}

function averageText(average: number | null, minutes: (value: number) => string): string {
  return average === null ? "–" : minutes(average);
}
