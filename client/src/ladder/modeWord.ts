import type { ConnectionMode } from "@darasa/protocol";
import type { I18n } from "../i18n/I18n.tsx";

/** A mode in the middle of a sentence. */
export function modeWord(t: I18n["t"], mode: ConnectionMode): string {
  return t(`pulse.mode.${mode}`);
}
