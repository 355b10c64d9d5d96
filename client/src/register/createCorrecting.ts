import { createSignal, type Accessor } from "solid-js";
import type { Attendee } from "../api/api.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { correctAttendance } from "./correctAttendance.ts";

/** Who is being corrected, and what follows. */
export interface Correcting {
  /** Undefined while nobody is. */
  readonly person: Accessor<Attendee | undefined>;
  readonly open: (person: Attendee) => void;
  readonly close: () => void;
  /** Shows the correction, with a way back. */
  readonly done: (before: Attendee, after: Attendee) => void;
}

/** Corrections in one class; `onChange` gets the person as the register has them then. */
export function createCorrecting(
  liveClassId: Accessor<string>,
  onChange: (person: Attendee) => void,
): Correcting {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [person, setPerson] = createSignal<Attendee>();
  const undo = async ({ participantId, correction }: Attendee): Promise<void> => {
    const verdict = correction?.verdict ?? null;
    try {
      const at = { liveClassId: liveClassId(), participantId };
      onChange(await correctAttendance(at, { verdict, reason: t("register.undoReason") }));
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    }
  };
  return {
    person,
    open: (chosen) => setPerson(chosen),
    close: () => setPerson(undefined),
    done: (before, after) => {
      setPerson(undefined);
      onChange(after);
      toasts.show({
        text: t("register.corrected", { name: after.name || t("common.erasedName") }),
        tone: "success",
        action: { label: t("register.undo"), onSelect: () => void undo(before) },
      });
    },
  };
}
