import type { JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import styles from "./Kitenge.module.css";

/** A piece of printed cloth, in the theme's colours. Decoration; the owner gives it its size. */
export function Kitenge(props: { readonly class?: string | undefined }): JSX.Element {
  return <div class={classNames(styles.cloth, props.class)} aria-hidden="true" />;
}
