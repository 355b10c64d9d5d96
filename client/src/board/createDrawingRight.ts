import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import type { BoardProps } from "./boardProps.ts";

/**
 * Whether this person may draw now: as the classroom's rules say, unless the server has said otherwise of this
 * very board since they last changed.
 */
export function createDrawingRight(
  props: Pick<BoardProps, "document" | "mayDraw" | "onBoardEvent">,
): Accessor<boolean> {
  const [told, setTold] = createSignal(true);
  createEffect(
    on(
      () => props.mayDraw,
      () => setTold(true),
    ),
  );
  onCleanup(
    props.onBoardEvent((event) => {
      if (event.type === "boardRights" && event.board === props.document) setTold(event.mayDraw);
    }),
  );
  return () => props.mayDraw && told();
}
