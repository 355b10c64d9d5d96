import { createMemo, type JSX } from "solid-js";
import { encode } from "uqr";
import styles from "./QrCode.module.css";

/** A QR code as one path: dark on white in both themes, as cameras want it. */
export function QrCode(props: { readonly text: string; readonly label: string }): JSX.Element {
  const code = createMemo(() => encode(props.text, { ecc: "M", border: 3 }));
  const path = (): string =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
      .join("");
  return (
    <svg
      class={styles.code}
      viewBox={`0 0 ${code().size} ${code().size}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <path d={path()} />
    </svg>
  );
}
