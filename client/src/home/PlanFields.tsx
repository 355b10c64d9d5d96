import { limits } from "@darasa/protocol";
import { Show, type JSX } from "solid-js";
import type { LiveClass, Room } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { providerHint, providerName, type VideoChoice } from "../media/providerWords.ts";
import { Banner } from "../ui/Banner.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { RadioGroup } from "../ui/RadioGroup.tsx";
import { Select } from "../ui/Select.tsx";
import { TextField } from "../ui/TextField.tsx";
import { encodeLocalTime } from "./plannedTime.ts";

/** A class that does not exist yet, as its teacher fills it in. */
export interface Plan {
  readonly roomId: string;
  readonly title: string;
  readonly when: "now" | "later";
  /** As the browser's field holds it; counts only for `later`. */
  readonly startsAt: string;
  readonly videoProvider: LiveClass["videoProvider"];
}

/** What to say below the fields that do not do. */
export interface PlanFaults {
  readonly title?: string | undefined;
  readonly startsAt?: string | undefined;
}

export interface PlanFieldsProps {
  readonly rooms: readonly Room[];
  readonly plan: Plan;
  readonly faults: PlanFaults;
  /** What the class can be seen and heard through. */
  readonly choices: readonly (VideoChoice & { readonly isUp: boolean })[];
  readonly onChange: (change: Partial<Plan>) => void;
}

/** The fields of the start dialog. */
export function PlanFields(props: PlanFieldsProps): JSX.Element {
  const { t } = useI18n();
  const running = (): LiveClass | null =>
    props.rooms.find((room) => room.id === props.plan.roomId)?.liveClass ?? null;
  return (
    <>
      <Select
        label={t("home.startRoom")}
        options={props.rooms.map((room) => ({ value: room.id, label: room.name }))}
        value={props.plan.roomId}
        onChange={(roomId) => props.onChange({ roomId })}
      />
      <Show when={running()}>
        {(liveClass) => (
          <Banner
            tone="warning"
            actions={
              <ButtonLink size="sm" href={`/class/${liveClass().id}`}>
                {t("home.goThere")}
              </ButtonLink>
            }
          >
            {t("home.alreadyRunning", { title: liveClass().title })}
          </Banner>
        )}
      </Show>
      <TextField
        label={t("home.startName")}
        hint={t("home.startNameHint")}
        error={props.faults.title}
        name="title"
        maxLength={120}
        autocomplete="off"
        autofocus
        value={props.plan.title}
        onInput={(title) => props.onChange({ title })}
      />
      <RadioGroup
        label={t("home.startWhen")}
        layout="row"
        options={[
          { value: "now", label: t("home.startNow") },
          { value: "later", label: t("home.startLater") },
        ]}
        value={props.plan.when}
        onChange={(when) => props.onChange({ when })}
      />
      <Show when={props.plan.when === "later"}>
        <TextField
          label={t("home.startAt")}
          error={props.faults.startsAt}
          type="datetime-local"
          min={encodeLocalTime(Date.now())}
          value={props.plan.startsAt}
          onInput={(startsAt) => props.onChange({ startsAt })}
        />
      </Show>
      <RadioGroup
        label={t("home.startVideo")}
        options={props.choices.map((choice) => ({
          value: choice.provider,
          label: choice.isUp
            ? t(providerName(choice))
            : t("video.away", { name: t(providerName(choice)) }),
          hint: t(providerHint(choice.provider), { count: limits.maxMeshMembers }),
        }))}
        value={props.plan.videoProvider}
        onChange={(videoProvider) => props.onChange({ videoProvider })}
      />
    </>
  );
}
