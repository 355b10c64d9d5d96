import { Show, type JSX } from "solid-js";
import { Section } from "../../account/settings/Section.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import type { School } from "./school.ts";
import styles from "./School.module.css";

/** What the operator allows the school, and how much of it is used. */
export function LimitsSection(props: { readonly school: School }): JSX.Element {
  const { t } = useI18n();
  const limits = (): School["limits"] => props.school.limits;
  return (
    <Section title={t("school.limits")} text={t("school.limitsText")}>
      <dl class={styles.limits}>
        <Limit
          label={t("school.limitUsers")}
          most={limits().maxUsers}
          used={props.school.use.users}
        />
        <Limit
          label={t("school.limitRooms")}
          most={limits().maxRooms}
          used={props.school.use.rooms}
        />
        <Limit label={t("school.limitBoards")} most={limits().maxBoardsPerRoom} />
        <Limit label={t("school.limitGuests")} most={limits().maxGuestsPerClass} />
      </dl>
    </Section>
  );
}

interface LimitProps {
  readonly label: string;
  readonly most: number;
  /** Undefined where it is not counted for the whole school. */
  readonly used?: number;
}

/** From here on the bar warns. */
const nearlyFull = 0.9;

function Limit(props: LimitProps): JSX.Element {
  const { t, formatNumber } = useI18n();
  const part = (used: number): number => Math.min(1, used / Math.max(1, props.most));
  return (
    <div class={styles.limit}>
      <dt class={styles.limitName}>{props.label}</dt>
      <Show
        when={props.used !== undefined}
        fallback={<dd class={styles.limitValue}>{formatNumber(props.most)}</dd>}
      >
        <dd class={styles.limitValue}>
          {t("school.limitUse", {
            used: formatNumber(props.used ?? 0),
            most: formatNumber(props.most),
          })}
          <span class={styles.bar} aria-hidden="true">
            <span
              class={styles.barFull}
              classList={{ [styles.barNear ?? ""]: part(props.used ?? 0) >= nearlyFull }}
              style={{ width: `${100 * part(props.used ?? 0)}%` }}
            />
          </span>
        </dd>
      </Show>
    </div>
  );
}
