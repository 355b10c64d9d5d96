import { createSignal, Show, type JSX } from "solid-js";
import type { User } from "../api/api.ts";
import styles from "./SchoolLogo.module.css";

/** The logo of one's school beside ours; nothing for a school without one. */
export function SchoolLogo(props: { readonly school: User["school"] }): JSX.Element {
  const [broken, setBroken] = createSignal<string>();
  const address = (): string | undefined => {
    const { slug, logo } = props.school;
    return logo === null ? undefined : `/api/schools/${slug}/logo?v=${logo}`;
  };
  return (
    <Show when={address() !== broken() && address()} keyed>
      {(source) => (
        <span class={styles.tile}>
          <img
            class={styles.logo}
            src={source}
            alt={props.school.name}
            onError={() => setBroken(source)}
          />
        </span>
      )}
    </Show>
  );
}
