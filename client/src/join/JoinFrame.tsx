import type { JSX, ParentProps } from "solid-js";
import { readableColour } from "../account/readableColour.ts";
import { Page } from "../shell/Page.tsx";
import { Kitenge } from "../ui/Kitenge.tsx";
import styles from "./JoinPage.module.css";

export interface JoinFrameProps extends ParentProps {
  /** For the window. */
  readonly title: string;
  /** Of the school, once it is known: its cloth. */
  readonly colour?: string | undefined;
}

/** The card at which one joins a class. */
export function JoinFrame(props: JoinFrameProps): JSX.Element {
  const ground = (): string | undefined => readableColour(props.colour ?? "");
  return (
    <Page title={props.title} class={styles.main}>
      <div class={styles.card}>
        <div style={{ "--cloth": ground(), "--cloth-lines": ground() && "rgb(255 255 255 / 0.3)" }}>
          <Kitenge class={styles.band} />
        </div>
        <div class={styles.content}>{props.children}</div>
      </div>
    </Page>
  );
}
