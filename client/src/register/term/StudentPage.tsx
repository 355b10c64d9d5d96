import ArrowLeft from "lucide-solid/icons/arrow-left";
import Printer from "lucide-solid/icons/printer";
import { A, useParams } from "@solidjs/router";
import { For, Show, type JSX } from "solid-js";
import { api, type StudentRegister } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import tables from "../../admin/Table.module.css";
import { Badge } from "../../ui/Badge.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { verdictKeys, verdicts, verdictTones } from "../verdicts.ts";
import { createLoaded } from "./createLoaded.ts";
import { createTermChoice } from "./createTermChoice.ts";
import { CutNote, Figures, TermFrame } from "./TermFrame.tsx";
import styles from "./Term.module.css";

/** One student's classes of a term. For the teachers of the room, and for the student. */
export function StudentPage(): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { user } = useSignIn();
  const params = useParams<{ id: string; participantId: string }>();
  const choice = createTermChoice();
  const isOwn = (): boolean => user()?.id === params.participantId;
  const loaded = createLoaded(choice.stretch, ({ fromMs, toMs }) =>
    dataOf(
      api.GET("/api/rooms/{id}/attendance/{participantId}", {
        params: {
          path: { id: params.id, participantId: params.participantId },
          query: { from: fromMs, to: toMs },
        },
      }),
    ),
  );
  const title = (): string => {
    if (isOwn()) return t("register.ownTitle");
    const name = loaded.data()?.name;
    return t("register.studentTitle", {
      name: name === "" ? t("common.erasedName") : (name ?? "…"),
    });
  };
  const percent = (value: number | null): string =>
    value === null ? "–" : t("register.percent", { amount: formatNumber(value) });
  return (
    <TermFrame
      title={title()}
      where={loaded.data()?.room.name}
      choice={choice}
      loaded={loaded}
      actions={
        <>
          <Show
            when={!isOwn()}
            fallback={
              <ButtonLink href="/" variant="quiet" icon={<ArrowLeft />}>
                {t("common.home")}
              </ButtonLink>
            }
          >
            <ButtonLink
              href={`/room/${params.id}/register${choice.query()}`}
              variant="quiet"
              icon={<ArrowLeft />}
            >
              {t("register.toRoom")}
            </ButtonLink>
          </Show>
          <Button icon={<Printer />} onClick={() => window.print()}>
            {t("register.print")}
          </Button>
        </>
      }
    >
      {(register) => (
        <Show
          when={register.classes.length > 0}
          fallback={
            <div class={styles.empty}>
              <EmptyState title={t("register.termEmptyTitle")} text={t("register.termEmptyText")} />
            </div>
          }
        >
          <Figures
            figures={[
              { label: t("register.cameLabel"), value: percent(register.percent) },
              ...verdicts.map((verdict) => ({
                label: t(verdictKeys[verdict]),
                value: formatNumber(register.counts[verdict]),
              })),
              { label: t("register.minutesInAll"), value: formatNumber(register.minutesInAll) },
            ]}
          />
          <ClassTable register={register} isOwn={isOwn()} />
          <CutNote isCut={register.isCut} />
        </Show>
      )}
    </TermFrame>
  );
}

function ClassTable(props: {
  readonly register: StudentRegister;
  readonly isOwn: boolean;
}): JSX.Element {
  const { t } = useI18n();
  return (
    <table class={tables.table}>
      <caption class={tables.caption}>{t("register.studentTableLabel")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("register.class")}</th>
          <th scope="col">{t("register.date")}</th>
          <th scope="col">{t("register.verdict")}</th>
          <th scope="col">{t("register.minutesLabel")}</th>
          <th scope="col">{t("register.reason")}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.register.classes.toReversed()}>
          {(one) => <ClassLine one={one} isOwn={props.isOwn} />}
        </For>
      </tbody>
    </table>
  );
}

function ClassLine(props: {
  readonly one: StudentRegister["classes"][number];
  readonly isOwn: boolean;
}): JSX.Element {
  const { t, formatDate, formatTime, formatNumber } = useI18n();
  return (
    <tr>
      <th scope="row">
        <Show when={!props.isOwn} fallback={props.one.title}>
          <A href={`/class/${props.one.liveClassId}/register`}>{props.one.title}</A>
        </Show>
      </th>
      <td data-label={t("register.date")}>
        {formatDate(props.one.startedAtMs)}, {formatTime(props.one.startedAtMs)}
      </td>
      <td data-label={t("register.verdict")}>
        <Show when={props.one.verdict} fallback={t("register.cellNone")}>
          {(verdict) => <Badge tone={verdictTones[verdict()]}>{t(verdictKeys[verdict()])}</Badge>}
        </Show>
      </td>
      <td data-label={t("register.minutesLabel")}>{formatNumber(props.one.minutes)}</td>
      <Show when={props.one.correction} fallback={<td />}>
        {(correction) => (
          <td data-label={t("register.reason")} class={styles.reason}>
            {t("register.correctedBy", {
              name: correction().by || t("common.erasedName"),
              reason: correction().reason || "–",
            })}
          </td>
        )}
      </Show>
    </tr>
  );
}
