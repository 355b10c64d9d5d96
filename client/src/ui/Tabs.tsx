import { createUniqueId, For, Show, type JSX, type ParentProps } from "solid-js";
import { Badge } from "./Badge.tsx";
import { classNames } from "./classNames.ts";
import { moveFocus } from "./moveFocus.ts";
import styles from "./Tabs.module.css";

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: JSX.Element;
  /** A number beside the label, hidden at 0: unread messages, raised hands. */
  readonly count?: number | undefined;
  /** The same number in words for screen readers: "3 unread". */
  readonly countLabel?: string | undefined;
}

export interface TabsProps<Value extends string> extends ParentProps {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Given to the panel, whose content is the children. */
  readonly panelClass?: string | undefined;
}

/** Tabs above the panel of the chosen one. Left and right move and choose, as in every desktop program. */
export function Tabs<Value extends string>(props: TabsProps<Value>): JSX.Element {
  const id = createUniqueId();
  let list: HTMLDivElement | undefined;

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = props.tabs.findIndex((tab) => tab.value === props.value);
    const next = moveFocus(event.key, index, { count: props.tabs.length, horizontal: true });
    const tab = next === null ? undefined : props.tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    props.onChange(tab.value);
    list?.querySelectorAll("button")[next ?? 0]?.focus();
  };

  return (
    <>
      <div
        ref={(element) => (list = element)}
        class={styles.list}
        role="tablist"
        aria-label={props.label}
        onKeyDown={onKeyDown}
      >
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              class={styles.tab}
              aria-selected={tab.value === props.value}
              aria-controls={`${id}-panel`}
              tabIndex={tab.value === props.value ? 0 : -1}
              onClick={() => props.onChange(tab.value)}
            >
              {tab.icon}
              {tab.label}
              <Show when={(tab.count ?? 0) > 0}>
                <span
                  aria-label={tab.countLabel}
                  role={tab.countLabel === undefined ? undefined : "img"}
                >
                  <Badge tone="saffron">{tab.count}</Badge>
                </span>
              </Show>
            </button>
          )}
        </For>
      </div>
      <div
        id={`${id}-panel`}
        class={classNames(styles.panel, props.panelClass)}
        role="tabpanel"
        aria-labelledby={`${id}-${props.value}`}
        tabIndex={-1}
      >
        {props.children}
      </div>
    </>
  );
}
