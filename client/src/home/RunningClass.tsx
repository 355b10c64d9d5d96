import LogIn from "lucide-solid/icons/log-in";
import { Show, type JSX } from "solid-js";
import type { LiveClass } from "../api/api.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Kitenge } from "../ui/Kitenge.tsx";
import { classTimeMs } from "./groupClasses.ts";
import { ShareButton } from "./ShareButton.tsx";
import styles from "./RunningClass.module.css";

/** The one thing on the page that cannot wait: a class that runs, and its door. */
export function RunningClass(props: { readonly liveClass: LiveClass }): JSX.Element {
  const { t, formatTime } = useI18n();
  return (
    <article class={styles.running}>
      <Kitenge class={styles.edge} />
      <div class={styles.words}>
        <p class={styles.eyebrow}>
          <Badge tone="saffron" live>
            {t("home.stateLive")}
          </Badge>
          {t("home.runningSince", { time: formatTime(classTimeMs(props.liveClass)) })}
        </p>
        <h3 class={styles.title}>{props.liveClass.title}</h3>
        <p class={styles.room}>
          {[props.liveClass.roomName, ...props.liveClass.teachers].join(" · ")}
        </p>
      </div>
      <div class={styles.actions}>
        <Show when={props.liveClass.role === "teacher"}>
          <ShareButton liveClass={props.liveClass} onDark />
        </Show>
        <ButtonLink
          href={`/class/${props.liveClass.id}`}
          variant="saffron"
          size="lg"
          icon={<LogIn />}
          aria-label={t("home.joinNamed", { title: props.liveClass.title })}
        >
          {t("home.join")}
        </ButtonLink>
      </div>
    </article>
  );
}
