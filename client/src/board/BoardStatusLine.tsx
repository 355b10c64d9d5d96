import Check from "lucide-solid/icons/check";
import CloudOff from "lucide-solid/icons/cloud-off";
import { createEffect, createSignal, For, on, onCleanup, Show, type JSX } from "solid-js";
import type { TextKey } from "../i18n/catalogue.ts";
import { useI18n } from "../i18n/I18n.tsx";
import styles from "./Board.module.css";
import type { BoardState } from "./boardState.ts";

/** What is over within this time was never worth a word. */
const patienceMs = 800;

/** Says in a corner of the board what has become of one's drawing. Lies above it, so nothing moves. */
export function BoardStatusLine(props: {
  readonly state: BoardState;
  /** By the classroom's rules; without it nothing here is one's own. */
  readonly mayDraw: boolean;
  /** A newer version has written this board: it can only be looked at. */
  readonly isTooNew: boolean;
  /** Shapes that cannot be shown. */
  readonly hiddenCount: number;
}): JSX.Element {
  const { t } = useI18n();
  const state = createCalm(() => props.state);
  const isWarning = (): boolean => props.isTooNew || state() === "offline" || state() === "refused";
  const sentences = (): string[] => {
    const key = props.isTooNew ? "board.tooNew" : textKey(state(), props.mayDraw);
    const hidden = props.hiddenCount > 0 ? [t("board.hidden", { count: props.hiddenCount })] : [];
    return [...(key === null ? [] : [t(key)]), ...hidden];
  };
  return (
    <Show when={sentences().length > 0}>
      <div
        class={styles.status}
        data-tone={isWarning() ? "warning" : "quiet"}
        role={isWarning() ? "status" : undefined}
      >
        <Show when={state() === "stored"}>
          <Check aria-hidden="true" />
        </Show>
        <Show when={state() === "offline"}>
          <CloudOff aria-hidden="true" />
        </Show>
        <p>
          <For each={sentences()}>{(sentence) => <>{sentence} </>}</For>
        </p>
      </div>
    </Show>
  );
}

function textKey(state: BoardState, mayDraw: boolean): TextKey | null {
  switch (state) {
    case "connecting":
      return "board.reconnecting";
    case "offline":
      return mayDraw ? "board.offline" : "board.offlineViewOnly";
    case "synced":
      return "board.saving";
    case "stored":
      return "board.saved";
    case "refused":
      return "board.reloading";
    case "locked":
      return null;
  }
}

/** The state once it has lasted: strokes are saved faster than anyone reads. */
function createCalm(state: () => BoardState): () => BoardState {
  const [calm, setCalm] = createSignal(state());
  createEffect(
    on(
      state,
      (next) => {
        const isPatient = next !== "stored" && next !== "refused";
        const timer = setTimeout(() => setCalm(next), isPatient ? patienceMs : 0);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  return calm;
}
