import { createUniqueId, Show, type JSX, type ParentProps } from "solid-js";
import { Page } from "../../shell/Page.tsx";
import type { PublicSchool } from "./publicSchool.ts";
import { SchoolMark } from "./SchoolMark.tsx";
import { WelcomePanel } from "./WelcomePanel.tsx";
import styles from "./DoorPage.module.css";

export interface DoorPageProps extends ParentProps {
  /** For the window. */
  readonly title: string;
  /** The page's h1; the title unless given. */
  readonly heading?: string | undefined;
  readonly lead?: JSX.Element;
  /** Shows its logo and wears its colour. */
  readonly school?: PublicSchool | undefined;
}

/** The frame of every page at which one comes in: the cloth on one side, what is to be done on the other. */
export function DoorPage(props: DoorPageProps): JSX.Element {
  const id = createUniqueId();
  return (
    <Page title={props.title} class={styles.main}>
      <WelcomePanel colour={props.school?.colour} />
      <section class={styles.side} aria-labelledby={id}>
        <Show when={props.school}>{(school) => <SchoolMark school={school()} />}</Show>
        <h1 id={id} class={styles.title}>
          {props.heading ?? props.title}
        </h1>
        <Show when={props.lead}>
          <div class={styles.lead}>{props.lead}</div>
        </Show>
        {props.children}
      </section>
    </Page>
  );
}
