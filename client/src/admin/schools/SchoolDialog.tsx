import { createSignal, Show, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import people from "../people/PersonDialog.module.css";
import type { Governance, GovernedSchool } from "./governedSchool.ts";
import { LimitsForm } from "./LimitsForm.tsx";
import { SchoolBadge } from "./SchoolTable.tsx";

export interface SchoolDialogProps {
  readonly school: GovernedSchool;
  readonly onClose: () => void;
  readonly onChanged: (school: GovernedSchool) => void;
}

/** One school: what it is allowed, and whether anybody gets in. */
export function SchoolDialog(props: SchoolDialogProps): JSX.Element {
  const { t, formatDate } = useI18n();
  const change = async (governance: Governance): Promise<void> => {
    const params = { path: { slug: props.school.slug } };
    props.onChanged(await dataOf(api.PATCH("/api/schools/{slug}", { params, body: governance })));
  };
  return (
    <Dialog size="lg" title={props.school.name} onClose={() => props.onClose()}>
      <div class={people.sections}>
        <div class={people.who}>
          <div class={people.words}>
            <p>{props.school.slug}</p>
            <p class={people.faint}>
              {t("schools.since", { date: formatDate(props.school.createdAtMs) })}
            </p>
          </div>
          <SchoolBadge school={props.school} />
        </div>
        <LimitsForm school={props.school} onSave={change} />
        <OpenOrClosed school={props.school} onChange={change} />
      </div>
    </Dialog>
  );
}

interface OpenOrClosedProps {
  readonly school: GovernedSchool;
  readonly onChange: (governance: Governance) => Promise<void>;
}

/** Closing a school and opening it again; asked for twice. */
function OpenOrClosed(props: OpenOrClosedProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const toasts = useToasts();
  const [asks, setAsks] = createSignal(false);
  const isOwn = (): boolean => props.school.slug === user()?.school.slug;
  const act = (): "suspend" | "resume" =>
    props.school.suspendedAtMs === null ? "suspend" : "resume";
  const perform = async (): Promise<void> => {
    const done = act();
    await props.onChange({ suspended: done === "suspend" });
    setAsks(false);
    toasts.show({ text: t(`schools.${done}Done`, { name: props.school.name }), tone: "success" });
  };
  return (
    <section class={people.section}>
      <h3>{t("schools.access")}</h3>
      <div class={people.act}>
        <p>{isOwn() ? t("schools.ownText") : t(`schools.${act()}Text`)}</p>
        <Show when={!isOwn()}>
          <Button
            variant={act() === "suspend" ? "danger" : "secondary"}
            onClick={() => setAsks(true)}
          >
            {t(`schools.${act()}`)}
          </Button>
        </Show>
      </div>
      <Show when={asks()}>
        <ConfirmDialog
          title={t(`schools.${act()}Title`, { name: props.school.name })}
          text={t(`schools.${act()}Ask`, { count: props.school.use.users })}
          confirm={t(`schools.${act()}`)}
          danger={act() === "suspend"}
          onClose={() => setAsks(false)}
          onConfirm={perform}
        />
      </Show>
    </section>
  );
}
