import Printer from "lucide-solid/icons/printer";
import { useParams } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import { api, type RoomRegister } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { DownloadButton } from "../DownloadButton.tsx";
import { loadTermFile, timeZone } from "../downloads.ts";
import { fileName } from "../fileName.ts";
import { createLoaded } from "./createLoaded.ts";
import { createTermChoice } from "./createTermChoice.ts";
import { HeatMap } from "./HeatMap.tsx";
import { CutNote, Figures, TermFrame } from "./TermFrame.tsx";
import styles from "./Term.module.css";

/** Who was in which class of a term. For the teachers of the room. */
export function TermPage(): JSX.Element {
  const { t, formatNumber } = useI18n();
  const params = useParams<{ id: string }>();
  const choice = createTermChoice();
  const loaded = createLoaded(choice.stretch, ({ fromMs, toMs }) =>
    dataOf(
      api.GET("/api/rooms/{id}/attendance", {
        params: { path: { id: params.id }, query: { from: fromMs, to: toMs } },
      }),
    ),
  );
  /** Of the day on which what is told was so. */
  const named = (kind: "csv" | "xlsx"): string =>
    fileName([t("register.termFile"), loaded.data()?.room.name], { atMs: Date.now(), kind });
  const percent = (register: RoomRegister): string => {
    const share = shareThatCame(register);
    return share === null ? "–" : t("register.percent", { amount: formatNumber(share) });
  };
  return (
    <TermFrame
      title={t("register.termTitle")}
      where={loaded.data()?.room.name}
      choice={choice}
      loaded={loaded}
      actions={
        <Show when={loaded.data() && choice.stretch()}>
          {(stretch) => (
            <>
              <Button icon={<Printer />} onClick={() => window.print()}>
                {t("register.print")}
              </Button>
              <DownloadButton
                label={t("register.downloadCsv")}
                fileName={named("csv")}
                load={() => loadTermFile(params.id, stretch(), "csv")}
              />
              <DownloadButton
                primary
                label={t("register.downloadXlsx")}
                fileName={named("xlsx")}
                load={() => loadTermFile(params.id, stretch(), "xlsx")}
              />
            </>
          )}
        </Show>
      }
    >
      {(register) => (
        <Show
          when={register.classes.length > 0 && register.people.length > 0}
          fallback={<NothingYet hasClasses={register.classes.length > 0} />}
        >
          <Figures
            figures={[
              { label: t("register.classesLabel"), value: formatNumber(register.classes.length) },
              { label: t("register.studentsLabel"), value: formatNumber(register.people.length) },
              { label: t("register.cameLabel"), value: percent(register) },
            ]}
          />
          <HeatMap register={register} query={choice.query()} />
          <CutNote isCut={register.isCut} />
          <p class={styles.note}>
            {t("register.termRule")}{" "}
            {t("register.termZone", { zone: timeZone().replaceAll("_", " ") })}
          </p>
        </Show>
      )}
    </TermFrame>
  );
}

function NothingYet(props: { readonly hasClasses: boolean }): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={styles.empty}>
      <EmptyState
        title={props.hasClasses ? t("register.emptyTitle") : t("register.termEmptyTitle")}
        text={props.hasClasses ? t("register.noStudentsText") : t("register.termEmptyText")}
      />
    </div>
  );
}

/** Of all that were expected and not excused, whole per cent; null when nobody was. */
function shareThatCame({ people }: RoomRegister): number | null {
  let came = 0;
  let absent = 0;
  for (const { counts } of people) {
    came += counts.present + counts.late + counts.left_early;
    absent += counts.absent;
  }
  return came + absent === 0 ? null : Math.round((100 * came) / (came + absent));
}
