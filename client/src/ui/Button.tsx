import { A } from "@solidjs/router";
import { Show, splitProps, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import { Spinner } from "./Spinner.tsx";
import styles from "./Button.module.css";

interface ButtonLook {
  /** `primary` once per view: what most people came for. */
  readonly variant?: "primary" | "secondary" | "quiet" | "danger" | "saffron" | undefined;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** As wide as its place. */
  readonly wide?: boolean | undefined;
  /** A lucide icon, before the text. */
  readonly icon?: JSX.Element;
}

export interface ButtonProps extends ButtonLook, JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Shows a spinner and takes no press while the work goes on; keeps the focus. */
  readonly busy?: boolean | undefined;
}

const lookKeys = ["variant", "size", "wide", "icon", "class", "children"] as const;

/** A button with words. `type` is "button" unless told otherwise. */
export function Button(props: ButtonProps): JSX.Element {
  const [look, own, rest] = splitProps(props, lookKeys, ["busy", "onClick"]);
  return (
    <button
      type="button"
      {...rest}
      class={classNames(lookClass(look), look.class)}
      aria-disabled={own.busy === true ? "true" : undefined}
      onClick={(event) => {
        if (own.busy === true) event.preventDefault();
        else if (typeof own.onClick === "function") own.onClick(event);
      }}
    >
      <Show when={own.busy === true} fallback={look.icon}>
        <Spinner />
      </Show>
      <span class={styles.text}>{look.children}</span>
    </button>
  );
}

export interface ButtonLinkProps extends ButtonLook {
  readonly href: string;
  readonly class?: string | undefined;
  readonly children?: JSX.Element;
  readonly "aria-label"?: string | undefined;
}

/** Looks like a button, leads to another page. */
export function ButtonLink(props: ButtonLinkProps): JSX.Element {
  const [look, rest] = splitProps(props, lookKeys);
  return (
    <A {...rest} class={classNames(lookClass(look), look.class)}>
      {look.icon}
      <span class={styles.text}>{look.children}</span>
    </A>
  );
}

function lookClass(look: ButtonLook): string {
  return classNames(
    styles.button,
    styles[look.variant ?? "secondary"],
    styles[look.size ?? "md"],
    look.wide === true && styles.wide,
  );
}
