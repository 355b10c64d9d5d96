import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import styles from "./Board.module.css";
import { BoardNotice } from "./BoardNotice.tsx";
import { BoardStatusLine } from "./BoardStatusLine.tsx";
import type { OpenBoardProps } from "./boardProps.ts";
import { createOpenBoard } from "./createOpenBoard.ts";

/** One board with its editor, from the first byte of it to the last. */
export function OpenBoard(props: OpenBoardProps): JSX.Element {
  const { t } = useI18n();
  const [attempt, setAttempt] = createSignal(1);
  return (
    <Show keyed when={attempt()}>
      <Attempt {...props} retry={() => setAttempt((before) => before + 1)} t={t} />
    </Show>
  );
}

/** A new one is made for every retry: nothing of a failed one remains. */
function Attempt(
  props: OpenBoardProps & {
    readonly retry: () => void;
    readonly t: ReturnType<typeof useI18n>["t"];
  },
): JSX.Element {
  let host!: HTMLDivElement;
  const board = createOpenBoard(props, () => host);
  return (
    <>
      <div class={styles.editor} ref={host} />
      <Switch>
        <Match when={board.phase() === "failed"}>
          <BoardNotice isUrgent title={props.t("board.failed")} text={props.t("board.failedHint")}>
            <Button onClick={() => props.retry()}>{props.t("board.retry")}</Button>
          </BoardNotice>
        </Match>
        <Match when={board.phase() === "ended"}>
          <BoardNotice isUrgent text={props.t("board.accessEnded")}>
            <Button onClick={() => props.retry()}>{props.t("board.retry")}</Button>
          </BoardNotice>
        </Match>
        <Match when={board.phase() === "loading"}>
          <div class={styles.cover}>
            <Spinner label={props.t("board.opening")} />
            <p class={styles.hint} aria-hidden="true">
              {props.t("board.opening")}
            </p>
          </div>
        </Match>
        <Match when={board.phase() === "shown"}>
          <BoardStatusLine
            state={board.state()}
            mayDraw={props.mayDraw}
            isTooNew={!board.isWritable()}
            hiddenCount={board.hiddenCount()}
          />
        </Match>
      </Switch>
    </>
  );
}
