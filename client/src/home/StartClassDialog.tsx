import { useNavigate } from "@solidjs/router";
import { createSignal, createUniqueId, onMount, Show, type JSX } from "solid-js";
import { createStore } from "solid-js/store";
import { api, type LiveClass, type Room } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { canStartIn } from "./canStartIn.ts";
import { PlanFields, type Plan, type PlanFaults, type PlanFieldsProps } from "./PlanFields.tsx";
import { decodeFutureTime, encodeLocalTime, nextFullHour } from "./plannedTime.ts";
import styles from "./StartClassDialog.module.css";

export interface StartClassDialogProps {
  readonly rooms: readonly Room[];
  /** The room to begin with; empty for the first one that fits. */
  readonly roomId: string;
  readonly onClose: () => void;
  readonly onPlanned: () => void;
}

/** Room, title, when and how: then the class runs and its teacher is in it, or it stands in the plan. */
export function StartClassDialog(props: StartClassDialogProps): JSX.Element {
  const { t } = useI18n();
  const formId = createUniqueId();
  const navigate = useNavigate();
  const toasts = useToasts();
  const problemText = useProblemText();
  const rooms = (): readonly Room[] => props.rooms.filter(canStartIn);
  const [plan, setPlan] = createStore<Plan>({
    // eslint-disable-next-line solid/reactivity -- starting values, read once by intent
    roomId: props.roomId === "" ? (rooms()[0]?.id ?? "") : props.roomId,
    title: "",
    when: "now",
    startsAt: encodeLocalTime(nextFullHour(Date.now())),
    videoProvider: "mesh",
  });
  const [faults, setFaults] = createStore<PlanFaults>({});
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);

  const [choices, setChoices] = createSignal(withoutServers);
  const [isVideoChosen, setIsVideoChosen] = createSignal(false);
  /** What needs no server can be chosen at once, and the rest a moment later: nobody waits for it. */
  const learnChoices = async (): Promise<void> => {
    const video = await dataOf(api.GET("/api/school/video")).catch(() => null);
    if (video === null) return;
    setChoices(video.choices);
    const taken = video.choices.find(({ provider }) => provider === video.provider);
    if (!isVideoChosen())
      setPlan({ videoProvider: taken?.isUp === true ? taken.provider : "mesh" });
  };
  onMount(() => void learnChoices());

  const isGood = (): boolean => {
    const startsAtMs = decodeFutureTime(plan.startsAt, Date.now());
    const isLate = plan.when === "later" && startsAtMs === null;
    setFaults({
      title: plan.title.trim() === "" ? t("home.nameMissing") : undefined,
      startsAt: isLate ? t("home.startAtMissing") : undefined,
    });
    return plan.title.trim() !== "" && !isLate;
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy() || !isGood()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const liveClass = await createLiveClass(plan);
      if (plan.when === "later") {
        const code = liveClass.code ?? "";
        toasts.show({ text: t("home.planned", { title: liveClass.title, code }), tone: "success" });
        props.onPlanned();
        return;
      }
      await startLiveClass(liveClass.id);
      navigate(`/class/${liveClass.id}`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t("home.startTitle")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy()}>
            {t(plan.when === "now" ? "home.startConfirm" : "home.planConfirm")}
          </Button>
        </>
      }
    >
      <form id={formId} class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        <PlanFields
          rooms={rooms()}
          plan={plan}
          faults={faults}
          choices={choices()}
          onChange={(change) => {
            if (change.videoProvider !== undefined) setIsVideoChosen(true);
            setPlan(change);
          }}
        />
      </form>
    </Dialog>
  );
}

/** Before it is known what the school has. */
const withoutServers: PlanFieldsProps["choices"] = [
  { provider: "mesh", isUp: true, isOwn: false },
  { provider: "none", isUp: true, isOwn: false },
];

function createLiveClass(plan: Plan): Promise<LiveClass> {
  const startsAtMs = plan.when === "later" ? new Date(plan.startsAt).getTime() : undefined;
  const body = {
    roomId: plan.roomId,
    title: plan.title.trim(),
    videoProvider: plan.videoProvider,
    ...(startsAtMs === undefined ? {} : { startsAtMs }),
  };
  return dataOf(api.POST("/api/live-classes", { body }));
}

function startLiveClass(id: string): Promise<LiveClass> {
  return dataOf(api.POST("/api/live-classes/{id}/start", { params: { path: { id } } }));
}
