import { createMemo, type JSX } from "solid-js";
import { drawQr } from "./qrPath.ts";
import styles from "./ShareDialog.module.css";

/** A text as a QR code, dark on white in every theme: cameras want it so. */
export function QrCode(props: { readonly text: string; readonly label: string }): JSX.Element {
  const drawing = createMemo(() => drawQr(props.text));
  return (
    <svg
      class={styles.qr}
      viewBox={`0 0 ${drawing().size} ${drawing().size}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawing().path} fill="#000" />
    </svg>
  );
}
