import { A } from "@solidjs/router";
import type { JSX } from "solid-js";
import { classNames } from "../ui/classNames.ts";
import styles from "./Brand.module.css";

/** Darasa's mark alone: a diamond of printed cloth. Decoration. */
export function BrandMark(props: { readonly class?: string | undefined }): JSX.Element {
  return (
    <svg class={classNames(styles.mark, props.class)} viewBox="0 0 32 32" aria-hidden="true">
      <path class={styles.field} d="M16 1 31 16 16 31 1 16Z" />
      <path class={styles.ring} d="M16 6.5 25.5 16 16 25.5 6.5 16Z" />
      <path class={styles.seed} d="M16 11.5 20.5 16 16 20.5 11.5 16Z" />
    </svg>
  );
}

/** Mark and name, leading to the start page. */
export function Brand(): JSX.Element {
  return (
    <A class={styles.brand} href="/" end>
      <BrandMark />
      <span class={styles.name}>Darasa</span>
    </A>
  );
}
