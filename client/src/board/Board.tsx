import { createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import styles from "./Board.module.css";
import { BoardNotice } from "./BoardNotice.tsx";
import type { BoardProps } from "./boardProps.ts";
import type { BoardState } from "./boardState.ts";
import { isSavingData } from "./networkThrift.ts";
import { OpenBoard } from "./OpenBoard.tsx";

/**
 * The board's place in the classroom: keeps its size in every state, and loads the editor when it is wanted. Its root
 * carries `data-board-state`, a `BoardState`, and `data-shape-count`, the shapes that are shown.
 */
export function Board(props: BoardProps): JSX.Element {
  const { t } = useI18n();
  const [isWanted, setIsWanted] = createSignal(!isSavingData());
  const [state, setState] = createSignal<BoardState>("connecting");
  const [shapeCount, setShapeCount] = createSignal(0);
  const stateChanged = (next: BoardState): void => {
    setState(next);
    props.onState?.(next);
  };
  return (
    <section
      class={styles.board}
      aria-label={t("board.label")}
      data-board={props.document}
      data-board-state={state()}
      data-shape-count={shapeCount()}
    >
      <Show
        when={isWanted()}
        fallback={
          <BoardNotice text={t("board.openHint")}>
            <Button variant="primary" onClick={() => setIsWanted(true)}>
              {t("board.open")}
            </Button>
          </BoardNotice>
        }
      >
        <Show keyed when={props.document}>
          <OpenBoard {...props} onState={stateChanged} onShapeCount={setShapeCount} />
        </Show>
      </Show>
    </section>
  );
}
