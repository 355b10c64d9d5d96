import { createEffect, type JSX, type ParentProps } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Header } from "./Header.tsx";
import { classNames } from "../ui/classNames.ts";
import styles from "./Page.module.css";

export interface PageProps extends ParentProps {
  /** For the window's title. The page brings its own h1. */
  readonly title: string;
  readonly class?: string | undefined;
}

/** The frame of every page but the classroom: skip link, header and the one main landmark. */
export function Page(props: PageProps): JSX.Element {
  const { t } = useI18n();
  let main: HTMLElement | undefined;
  createEffect(() => {
    document.title = props.title === "" ? "Darasa" : `${props.title} · Darasa`;
  });
  return (
    <div class={styles.page}>
      <a
        class={styles.skip}
        href="#content"
        onClick={(event) => {
          // The router would take it for a new address and leave the focus where it is.
          event.preventDefault();
          main?.focus();
        }}
      >
        {t("common.skipToContent")}
      </a>
      <Header />
      <main
        ref={(element) => (main = element)}
        id="content"
        class={classNames(styles.main, props.class)}
        tabIndex={-1}
      >
        {props.children}
      </main>
    </div>
  );
}
