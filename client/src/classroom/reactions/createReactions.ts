import type { Reaction } from "@darasa/protocol";
import { createSignal, onCleanup, type Accessor } from "solid-js";
import type { Environment } from "../../connection/environment.ts";
import type { Room } from "../../room/createRoom.ts";
import {
  addReaction,
  dropOldReactions,
  reactionLifeMs,
  type ShownReaction,
} from "./reduceReactions.ts";

/** A key that is held down is one reaction. */
const ownPauseMs = 300;

/** What people say without a word, while it is in sight. */
export interface Reactions {
  readonly shown: Accessor<readonly ShownReaction[]>;
  readonly react: (reaction: Reaction) => void;
  /** Told of each kind once, when it goes out of sight. */
  readonly onGone: (listen: (gone: ShownReaction) => void) => void;
  /** What opens the choice, for the keyboard. */
  readonly setOpener: (open: () => void) => void;
  readonly open: () => void;
}

/** The reactions of `room`. Lives as long as its owner. */
export function createReactions(
  room: Pick<Room, "onEvent" | "commands">,
  { steadyMs, after }: Pick<Environment, "steadyMs" | "after">,
): Reactions {
  const [shown, setShown] = createSignal<readonly ShownReaction[]>([]);
  let tellGone: (gone: ShownReaction) => void = () => undefined;
  let open: () => void = () => undefined;
  let last: { readonly reaction: Reaction; readonly atMs: number } | undefined;

  function look(): void {
    const before = shown();
    const left = dropOldReactions(before, steadyMs());
    if (left === before) return;
    setShown(left);
    before.filter((each) => !left.includes(each)).forEach(tellGone);
  }

  const stop = room.onEvent((event) => {
    if (event.type !== "reaction") return;
    setShown(addReaction(dropOldReactions(shown(), steadyMs()), event, steadyMs()));
    after(reactionLifeMs, look);
  });
  onCleanup(stop);
  return {
    shown,
    react: (reaction) => {
      if (last?.reaction === reaction && steadyMs() - last.atMs < ownPauseMs) return;
      last = { reaction, atMs: steadyMs() };
      room.commands.react(reaction);
    },
    onGone: (listen) => (tellGone = listen),
    setOpener: (opener) => (open = opener),
    open: () => open(),
  };
}
