import { useBeforeLeave, type BeforeLeaveEventArgs } from "@solidjs/router";
import { createSignal, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import { Section } from "../../account/settings/Section.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { Select } from "../../ui/Select.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { ColourField } from "./ColourField.tsx";
import { createSchoolForm, type SchoolForm as Form } from "./createSchoolForm.ts";
import { LimitsSection } from "./LimitsSection.tsx";
import { LogoField } from "./LogoField.tsx";
import { NumberField } from "./NumberField.tsx";
import { SaveBar } from "./SaveBar.tsx";
import type { School } from "./school.ts";
import styles from "./School.module.css";

export interface SchoolFormProps {
  readonly school: School;
  readonly onChange: (school: School) => void;
}

/** All settings of a school, section by section; they are saved together. */
export function SchoolForm(props: SchoolFormProps): JSX.Element {
  const { t } = useI18n();
  const form = createSchoolForm(
    () => props.school,
    (school) => props.onChange(school),
  );
  const [asks, setAsks] = createSignal(false);
  const warn = (event: BeforeUnloadEvent): void => {
    if (form.isChanged()) event.preventDefault();
  };
  const [leaving, setLeaving] = createSignal<BeforeLeaveEventArgs>();
  useBeforeLeave((event) => {
    if (!form.isChanged() || event.defaultPrevented) return;
    event.preventDefault();
    setLeaving(event);
  });
  onMount(() => window.addEventListener("beforeunload", warn));
  onCleanup(() => window.removeEventListener("beforeunload", warn));
  const save = (): void => {
    if (form.removes() && !form.hasFaults()) setAsks(true);
    else void form.save();
  };

  return (
    <form
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LookSection {...props} form={form} />
      <RulesSection form={form} />
      <RegisterSection form={form} />
      <RetentionSection form={form} />
      <LimitsSection school={props.school} />
      <SaveBar form={form} />
      <Show when={leaving()}>
        {(event) => (
          <ConfirmDialog
            danger
            title={t("school.leaveTitle")}
            text={t("school.leaveText")}
            confirm={t("school.leaveConfirm")}
            onConfirm={() => {
              event().retry(true);
              return Promise.resolve();
            }}
            onClose={() => setLeaving(undefined)}
          />
        )}
      </Show>
      <Show when={asks()}>
        <ConfirmDialog
          danger
          title={t("school.removeTitle")}
          text={t("school.removeText")}
          confirm={t("school.removeConfirm")}
          onConfirm={() => form.save().then(() => void setAsks(false))}
          onClose={() => setAsks(false)}
        />
      </Show>
    </form>
  );
}

interface SectionProps {
  readonly form: Form;
}

function LookSection(props: SchoolFormProps & SectionProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("school.look")} text={t("school.lookText")}>
      <TextField
        label={t("school.name")}
        hint={t("school.nameHint", { slug: props.school.slug })}
        error={props.form.fault("name")}
        value={props.form.draft.name}
        maxLength={120}
        autocomplete="organization"
        onInput={(name) => props.form.set({ name })}
      />
      <LogoField
        school={props.school}
        onChange={(logo) => props.onChange({ ...props.school, logo })}
      />
      <ColourField
        value={props.form.draft.colour}
        error={props.form.fault("colour")}
        onInput={(colour) => props.form.set({ colour })}
      />
      <Select
        label={t("school.language")}
        hint={t("school.languageHint")}
        options={[
          { value: "en", label: "English" },
          { value: "sw", label: "Kiswahili" },
        ]}
        value={props.form.draft.signUpLanguage}
        onChange={(language) => props.form.set({ signUpLanguage: language === "sw" ? "sw" : "en" })}
      />
    </Section>
  );
}

function RulesSection(props: SectionProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("school.rules")} text={t("school.rulesText")}>
      <RadioGroup
        layout="column"
        label={t("school.guests")}
        options={[
          {
            value: "waiting_room",
            label: t("school.guestsWait"),
            hint: t("school.guestsWaitHint"),
          },
          { value: "allowed", label: t("school.guestsIn"), hint: t("school.guestsInHint") },
          { value: "forbidden", label: t("school.guestsOut"), hint: t("school.guestsOutHint") },
        ]}
        value={props.form.draft.guestPolicy}
        onChange={(guestPolicy) => props.form.set({ guestPolicy })}
      />
      <RadioGroup
        layout="column"
        label={t("school.starters")}
        options={[
          {
            value: "teachers",
            label: t("school.startersTeachers"),
            hint: t("school.startersTeachersHint"),
          },
          {
            value: "admins",
            label: t("school.startersAdmins"),
            hint: t("school.startersAdminsHint"),
          },
        ]}
        value={props.form.draft.classStarters}
        onChange={(classStarters) => props.form.set({ classStarters })}
      />
      <Switch
        label={t("school.direct")}
        hint={t("school.directHint")}
        checked={props.form.draft.studentDirectMessages}
        onChange={(studentDirectMessages) => props.form.set({ studentDirectMessages })}
      />
      <Switch
        label={t("school.recordings")}
        hint={t("school.recordingsHint")}
        checked={props.form.draft.recordings === "allowed"}
        onChange={(isOn) => props.form.set({ recordings: isOn ? "allowed" : "forbidden" })}
      />
    </Section>
  );
}

function RegisterSection(props: SectionProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("school.register")} text={t("school.registerText")}>
      <NumberField
        form={props.form}
        setting="lateAfterMinutes"
        label={t("school.late")}
        unit={t("school.minutes")}
        hint={t("school.lateHint")}
      />
      <NumberField
        form={props.form}
        setting="presentFromPercent"
        label={t("school.present")}
        unit="%"
        hint={t("school.presentHint")}
      />
    </Section>
  );
}

const keepFields = [
  { setting: "keepMessagesDays", label: "school.keepMessages" },
  { setting: "keepBoardsDays", label: "school.keepBoards" },
  { setting: "keepRecordingsDays", label: "school.keepRecordings" },
  { setting: "keepAttendanceDays", label: "school.keepAttendance" },
  { setting: "keepAuditDays", label: "school.keepAudit" },
] as const;

function RetentionSection(props: SectionProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Section title={t("school.retention")} text={t("school.retentionText")}>
      <For each={keepFields}>
        {({ setting, label }) => (
          <NumberField
            form={props.form}
            setting={setting}
            label={t(label)}
            unit={t("school.days")}
            isDays
          />
        )}
      </For>
    </Section>
  );
}
