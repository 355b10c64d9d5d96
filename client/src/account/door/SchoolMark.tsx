import { createEffect, createSignal, Show, type JSX } from "solid-js";
import { logoAddress, type PublicSchool } from "./publicSchool.ts";
import styles from "./SchoolMark.module.css";

/** A school's logo, or nothing. Decoration: its name stands beside it. */
export function SchoolMark(props: { readonly school: PublicSchool }): JSX.Element {
  const [isBroken, setIsBroken] = createSignal(false);
  const address = () => logoAddress(props.school);
  createEffect(() => {
    address();
    setIsBroken(false);
  });
  return (
    <Show when={!isBroken() && address()}>
      {(source) => (
        <img
          class={styles.mark}
          src={source()}
          alt=""
          width={64}
          height={64}
          onError={() => setIsBroken(true)}
        />
      )}
    </Show>
  );
}
