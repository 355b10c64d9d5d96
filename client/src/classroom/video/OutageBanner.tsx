import { createEffect, createSignal, For, on, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import type { ProviderKind } from "../../media/provider.ts";
import { providerName } from "../../media/providerWords.ts";
import { ownRights } from "../../room/reduceRoom.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { chooseVideo, createOutage } from "./createOutage.ts";

/**
 * Says that the video server is away. Teachers have the others one press away; everybody else is told that the class
 * goes on. Board and chat are as they were.
 */
export function OutageBanner(): JSX.Element {
  const { t } = useI18n();
  const classroom = useClassroom();
  const { joined, media, room, announcer } = classroom;
  const toasts = useToasts();
  const problemText = useProblemText();
  const outage = createOutage(classroom);
  const [choosing, setChoosing] = createSignal<ProviderKind | null>(null);
  const name = () => t(providerName({ provider: media.state.provider, isOwn: false }));
  const text = () => {
    if (!ownRights(room.state()).moderate) return t("classroom.video.lost");
    return t(`classroom.video.${outage()?.kind ?? "down"}`, { name: name() });
  };
  const choose = async (provider: ProviderKind): Promise<void> => {
    if (choosing() !== null) return;
    setChoosing(provider);
    try {
      await chooseVideo(joined.liveClass.id, provider);
    } catch (error) {
      toasts.show({ tone: "danger", text: problemText(error) });
    } finally {
      setChoosing(null);
    }
  };
  createEffect(
    on(
      () => outage() !== null,
      (isAway) => {
        if (isAway) announcer.say(text());
      },
    ),
  );
  return (
    <Show when={outage()}>
      {(found) => (
        <div>
          <Banner
            tone="warning"
            announce="none"
            actions={
              <For each={found().others}>
                {(choice, at) => (
                  <Button
                    size="sm"
                    variant={at() === 0 ? "primary" : "secondary"}
                    busy={choosing() === choice.provider}
                    onClick={() => void choose(choice.provider)}
                  >
                    {t(providerName(choice))}
                  </Button>
                )}
              </For>
            }
          >
            <strong>{text()}</strong> {t("classroom.video.goesOn")}
            <Show when={found().others.length > 0}> {t("classroom.video.offer")}</Show>
          </Banner>
        </div>
      )}
    </Show>
  );
}
