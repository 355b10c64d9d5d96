import type { Reaction } from "@darasa/protocol";
import { createMemo, For, onMount, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import type { ShownReaction } from "./reduceReactions.ts";
import { reactionSigns } from "./reactionSigns.ts";
import styles from "./Reactions.module.css";

/**
 * What people say without a word, above the bar: one sign for each kind, with whose it is or how many. Screen readers
 * are told of each kind once, when it is over.
 */
export function ReactionsInSight(): JSX.Element {
  const { t } = useI18n();
  const { reactions, announcer } = useClassroom();
  // A kind keeps its element while its count grows.
  const kinds = createMemo<readonly Reaction[]>(
    () => reactions.shown().map(({ reaction }) => reaction),
    [],
    { equals: (before, after) => before.join() === after.join() },
  );
  onMount(() =>
    reactions.onGone(({ reaction, count }) =>
      announcer.say(`${t(`classroom.reaction.${reaction}`)}: ${count}.`),
    ),
  );
  return (
    <ul class={styles.inSight} aria-hidden="true">
      <For each={kinds()}>
        {(kind) => (
          <Show when={reactions.shown().find(({ reaction }) => reaction === kind)}>
            {(shown) => <Sign shown={shown()} />}
          </Show>
        )}
      </For>
    </ul>
  );
}

function Sign(props: { readonly shown: ShownReaction }): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { room } = useClassroom();
  const whose = (): string => {
    const { participantId, count } = props.shown;
    const { me, presence } = room.state();
    if (participantId === null) return formatNumber(count);
    return participantId === me ? t("chat.you") : (presence.get(participantId)?.name ?? "");
  };
  return (
    <li class={styles.shown} data-reaction={props.shown.reaction}>
      <span class={styles.sign}>{reactionSigns[props.shown.reaction]}</span>
      <span class={styles.whose} dir="auto">
        {whose()}
      </span>
    </li>
  );
}
