import { createResource, createSignal, Show, type JSX } from "solid-js";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import type { ProviderKind } from "../../media/provider.ts";
import { providerName } from "../../media/providerWords.ts";
import { Select } from "../../ui/Select.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { chooseVideo, loadVideoChoices } from "./createOutage.ts";

/** What the class is seen and heard through, and the way to another. Nothing where there is no other. */
export function VideoChoice(): JSX.Element {
  const { t } = useI18n();
  const { joined, media } = useClassroom();
  const problemText = useProblemText();
  const [problem, setProblem] = createSignal<unknown>();
  const [found] = createResource(() => loadVideoChoices(joined.liveClass.id).catch(() => null));
  // Reading it before it is there would hide the whole class until then.
  const choices = () => (found.state === "ready" ? (found()?.choices ?? []) : []);
  const options = () =>
    choices().map((choice) => ({
      value: choice.provider,
      label: choice.isUp
        ? t(providerName(choice))
        : t("video.away", { name: t(providerName(choice)) }),
    }));
  const choose = async (provider: ProviderKind): Promise<void> => {
    setProblem(undefined);
    try {
      await chooseVideo(joined.liveClass.id, provider);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Show when={options().length > 1}>
      <Select
        label={t("classroom.video.choice")}
        hint={t("classroom.video.choiceHint")}
        error={problem() === undefined ? undefined : problemText(problem())}
        options={options()}
        value={media.state.provider}
        onChange={(value) => {
          const chosen = options().find((option) => option.value === value);
          if (chosen !== undefined) void choose(chosen.value);
        }}
      />
    </Show>
  );
}
