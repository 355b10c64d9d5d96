import CircleCheck from "lucide-solid/icons/circle-check";
import CircleX from "lucide-solid/icons/circle-x";
import Info from "lucide-solid/icons/info";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { Show, type JSX, type ParentProps } from "solid-js";
import { Dynamic } from "solid-js/web";
import { classNames } from "./classNames.ts";
import styles from "./Banner.module.css";

export type BannerTone = "info" | "success" | "warning" | "danger";

export interface BannerProps extends ParentProps {
  readonly tone?: BannerTone | undefined;
  /** Buttons at the end. */
  readonly actions?: JSX.Element;
  /** `alert` interrupts, `status` waits its turn; `none` for what stands there from the start. */
  readonly announce?: "alert" | "status" | "none" | undefined;
}

const icons: Record<BannerTone, typeof Info> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleX,
};

/** A sentence that stands in the page until its reason is gone. */
export function Banner(props: BannerProps): JSX.Element {
  const tone = (): BannerTone => props.tone ?? "info";
  return (
    <div
      class={classNames(styles.banner, styles[tone()])}
      role={props.announce === "none" ? undefined : (props.announce ?? "status")}
    >
      <span class={styles.icon} aria-hidden="true">
        <Dynamic component={icons[tone()]} />
      </span>
      <div class={styles.text}>{props.children}</div>
      <Show when={props.actions}>
        <div class={styles.actions}>{props.actions}</div>
      </Show>
    </div>
  );
}
