import { Show, splitProps, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import styles from "./IconButton.module.css";

export interface IconButtonProps extends Omit<
  JSX.ButtonHTMLAttributes<HTMLButtonElement>,
  "aria-label" | "title"
> {
  /** What it does, in words: the accessible name and the tooltip. */
  readonly label: string;
  /** A lucide icon. */
  readonly icon: JSX.Element;
  /** As written for people, "Alt+M": stands in the tooltip and in `aria-keyshortcuts`. */
  readonly shortcut?: string | undefined;
  readonly variant?: "plain" | "filled" | "danger" | "saffron" | "onStage" | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** For a button that is on or off; leave it out for one that acts. */
  readonly pressed?: boolean | undefined;
  /** Where the tooltip appears; `none` when the name stands beside the button. */
  readonly tooltip?: "above" | "below" | "none" | undefined;
  /** Stands under the icon (bars of large buttons); the label stays the accessible name. */
  readonly caption?: string | undefined;
}

const ownKeys = [
  "label",
  "icon",
  "shortcut",
  "variant",
  "size",
  "pressed",
  "tooltip",
  "caption",
  "class",
] as const;

/** A button that shows an icon only: named for everybody, with a tooltip for mouse and keyboard. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ownKeys);
  return (
    <span class={styles.anchor}>
      <button
        type="button"
        {...rest}
        class={classNames(
          styles.button,
          styles[own.variant ?? "plain"],
          styles[own.size ?? "md"],
          own.caption !== undefined && styles.captioned,
          own.class,
        )}
        aria-label={own.label}
        aria-pressed={own.pressed}
        aria-keyshortcuts={own.shortcut?.replaceAll(" ", "")}
      >
        {own.icon}
        <Show when={own.caption}>
          <span class={styles.caption} aria-hidden="true">
            {own.caption}
          </span>
        </Show>
      </button>
      <Show when={own.tooltip !== "none"}>
        <span
          class={classNames(styles.tooltip, own.tooltip === "above" && styles.above)}
          aria-hidden="true"
        >
          {own.label}
          <Show when={own.shortcut}>
            <kbd class={styles.shortcut}>{own.shortcut}</kbd>
          </Show>
        </span>
      </Show>
    </span>
  );
}
