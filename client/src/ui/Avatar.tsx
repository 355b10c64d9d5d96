import { Show, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import { initialsOf, personColour } from "./person.ts";
import styles from "./Avatar.module.css";

export interface AvatarProps {
  /** Decides the colour. */
  readonly id: string;
  readonly name: string;
  /** Where their picture lies; without one, or until it is there, initials stand in its place. */
  readonly picture?: string | undefined;
  readonly size?: "sm" | "md" | "lg" | "xl" | undefined;
  /** A dot that says whether the person is there; say it in words too where it matters. */
  readonly present?: boolean | undefined;
}

/** A person's picture, or their initials on their colour. Decoration: the name stands beside it. */
export function Avatar(props: AvatarProps): JSX.Element {
  return (
    <span
      class={classNames(styles.avatar, styles[props.size ?? "md"])}
      style={{ "background-color": personColour(props.id) }}
      aria-hidden="true"
    >
      <Show when={props.picture} fallback={initialsOf(props.name)}>
        {(source) => <img class={styles.picture} src={source()} alt="" />}
      </Show>
      <Show when={props.present !== undefined}>
        <span class={classNames(styles.dot, props.present === true && styles.present)} />
      </Show>
    </span>
  );
}
