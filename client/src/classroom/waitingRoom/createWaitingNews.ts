import { createEffect, onCleanup } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import type { Classroom } from "../ClassroomContext.tsx";
import { chime } from "../news/chime.ts";

/**
 * Tells a teacher, by word and sound, that somebody asks to be let in; who looks at the list already hears it only.
 * Lives as long as its owner.
 */
export function createWaitingNews({ waitingRoom, view, announcer }: Classroom): void {
  const { t } = useI18n();
  const toasts = useToasts();
  let shown: number | undefined;
  const dismiss = (): void => {
    if (shown !== undefined) toasts.dismiss(shown);
    shown = undefined;
  };
  if (waitingRoom === null) return;
  onCleanup(dismiss);
  onCleanup(
    waitingRoom.onCame(() => {
      chime(Date.now());
      // One toast for all of them: it says how many wait now.
      dismiss();
      const people = waitingRoom.people();
      const [only] = people;
      const text =
        people.length === 1 && only !== undefined
          ? t("classroom.news.waits", { name: only.name })
          : t("classroom.news.wait", { count: people.length });
      if (view.isInView("people")) {
        announcer.say(text);
        return;
      }
      const action = { label: t("classroom.showPeople"), onSelect: () => view.show("people") };
      shown = toasts.show({ text, action });
    }),
  );
  createEffect(() => {
    if (waitingRoom.people().length === 0 || view.isInView("people")) dismiss();
  });
}
