import { createEffect, on, Show, type JSX } from "solid-js";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import type { TextKey } from "../i18n/catalogue.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { LadderDialog } from "./LadderDialog.tsx";
import { modeWord } from "./modeWord.ts";
import { isBelow, type LadderState } from "./reduceLadder.ts";

/** What the line makes us propose, what it did by itself, and the choice when it is open. */
export function LadderNotices(): JSX.Element {
  const { t } = useI18n();
  const { ladder } = useClassroom();
  createStepTeller();
  return (
    <>
      <Show when={suggestionOf(ladder.state())}>
        {(words) => (
          <Banner
            tone={words().isDown ? "warning" : "info"}
            announce={words().isDown ? "alert" : "status"}
            actions={
              <>
                <Button size="sm" variant="quiet" onClick={() => ladder.decline()}>
                  {t("ladder.stay")}
                </Button>
                <Button size="sm" variant="primary" onClick={() => ladder.accept()}>
                  {t(words().accept)}
                </Button>
              </>
            }
          >
            {t(words().question)}
          </Banner>
        )}
      </Show>
      <Show when={ladder.isOpen()}>
        <LadderDialog onClose={() => ladder.setOpen(false)} />
      </Show>
    </>
  );
}

interface SuggestionWords {
  readonly isDown: boolean;
  readonly question: TextKey;
  readonly accept: TextKey;
}

function suggestionOf({ suggestion, mode }: LadderState): SuggestionWords | null {
  if (suggestion === null) return null;
  if (isBelow(suggestion, mode) && suggestion !== "full") {
    const [question, accept] = [`ladder.thin.${suggestion}`, `ladder.take.${suggestion}`] as const;
    return { isDown: true, question, accept };
  }
  if (suggestion === "text") return null;
  return { isDown: false, question: `ladder.better.${suggestion}`, accept: "ladder.takeMore" };
}

/** Whoever allowed it to step down by itself is told each time, and takes it back with one press. */
function createStepTeller(): void {
  const { t } = useI18n();
  const { ladder } = useClassroom();
  const toasts = useToasts();
  createEffect(
    on(
      () => ladder.state().leftByItself,
      (left) => {
        if (left === null) return;
        toasts.show({
          tone: "warning",
          text: t("ladder.steppedDown", { mode: modeWord(t, ladder.state().mode) }),
          action: { label: t("ladder.undo"), onSelect: () => ladder.undo() },
        });
      },
    ),
  );
}
