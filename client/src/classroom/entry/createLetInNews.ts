import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { chime } from "../news/chime.ts";
import type { ClassEntryState } from "./createClassEntry.ts";

/**
 * Tells a guest by word and sound that the door has opened; `isLetIn` when it did so before this page was loaded.
 * Gives whether that is still to be told in the window's title, because nobody has looked at the page since. Lives as
 * long as its owner.
 */
export function createLetInNews(
  state: Accessor<ClassEntryState>,
  isLetIn: boolean,
): Accessor<boolean> {
  const { t } = useI18n();
  const toasts = useToasts();
  const [isUnseen, setIsUnseen] = createSignal(false);
  const look = (): void => {
    if (!document.hidden) setIsUnseen(false);
  };
  document.addEventListener("visibilitychange", look);
  onCleanup(() => document.removeEventListener("visibilitychange", look));
  createEffect(
    on(
      () => state().name,
      (name, before) => {
        const wasAtDoor = before === "waiting" || (isLetIn && before === "loading");
        if (!wasAtDoor || (name !== "ready" && name !== "scheduled")) return;
        chime(Date.now());
        toasts.show({ tone: "success", text: t("classroom.door.letIn") });
        setIsUnseen(document.hidden);
      },
    ),
  );
  return isUnseen;
}
