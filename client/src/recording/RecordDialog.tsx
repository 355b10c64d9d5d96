import { createResource, createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export interface RecordDialogProps {
  readonly onClose: () => void;
}

type Verb = "start" | "pause" | "resume" | "stop";

/** For teachers: what is recorded and for how long it is kept, before it begins; or why it cannot be. */
export function RecordDialog(props: RecordDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { joined, room } = useClassroom();
  const params = { path: { id: joined.liveClass.id } };
  const [loaded] = createResource(() =>
    dataOf(api.GET("/api/live-classes/{id}/recordings", { params })),
  );
  const [busy, setBusy] = createSignal<Verb | null>(null);
  const [problem, setProblem] = createSignal<unknown>();
  const state = () => room.state().stage?.recording?.state ?? "off";
  const known = () => (loaded.error === undefined ? loaded() : undefined);

  async function act(verb: Verb): Promise<void> {
    setBusy(verb);
    setProblem(undefined);
    try {
      await send(joined.liveClass.id, verb);
      props.onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(null);
    }
  }

  const button = (verb: Verb, variant: "primary" | "danger" | "secondary"): JSX.Element => (
    <Button variant={variant} busy={busy() === verb} onClick={() => void act(verb)}>
      {t(`recording.${verb}`)}
    </Button>
  );

  return (
    <Dialog
      title={t("recording.title")}
      description={t("recording.what")}
      onClose={() => props.onClose()}
      footer={
        <Switch fallback={<Button onClick={() => props.onClose()}>{t("common.close")}</Button>}>
          <Match when={state() === "on"}>
            {button("pause", "secondary")}
            {button("stop", "danger")}
          </Match>
          <Match when={state() === "paused"}>
            {button("stop", "danger")}
            {button("resume", "primary")}
          </Match>
          <Match when={known()?.recordable === "ready"}>
            <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
            {button("start", "primary")}
          </Match>
        </Switch>
      }
    >
      <Show when={problem() ?? (loaded.error as unknown)}>
        {(failure) => (
          <Banner tone="danger" announce="alert">
            {problemText(failure())}
          </Banner>
        )}
      </Show>
      <Show when={known()}>
        {(told) => (
          <Switch fallback={<p>{t("recording.kept", { count: told().keptDays })}</p>}>
            <Match when={state() === "off" && told().recordable !== "ready" && told()}>
              {(refused) => (
                <Banner tone="warning" announce="status">
                  {t(`recording.why.${refused().recordable}`)}
                </Banner>
              )}
            </Match>
          </Switch>
        )}
      </Show>
      <Show when={known()?.recordings[0]?.state === "lost" && state() === "off"}>
        <Banner tone="danger" announce="status">
          {t("recording.lost")}
        </Banner>
      </Show>
    </Dialog>
  );
}

async function send(id: string, verb: Verb): Promise<void> {
  const params = { path: { id } };
  if (verb === "start") {
    await dataOf(api.POST("/api/live-classes/{id}/recordings", { params }));
    return;
  }
  const { recordings } = await dataOf(api.GET("/api/live-classes/{id}/recordings", { params }));
  const current = recordings.find(({ state }) => state === "on" || state === "paused");
  // Somebody else has ended it meanwhile: that is told to all.
  if (current === undefined) return;
  const path = { id, recordingId: current.id };
  const base = "/api/live-classes/{id}/recordings/{recordingId}";
  await dataOf(api.POST(`${base}/${verb}`, { params: { path } }));
}
