import Check from "lucide-solid/icons/check";
import { createSignal, createUniqueId, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import { classNames } from "./classNames.ts";
import { moveFocus } from "./moveFocus.ts";
import { placeMenu } from "./placeMenu.ts";
import styles from "./Menu.module.css";

export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  readonly icon?: JSX.Element;
  /** Given: the item is one of a choice, and this says whether it is the one. */
  readonly checked?: boolean | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

export interface MenuGroup {
  /** Stands above the items; leave it out where they speak for themselves. */
  readonly title?: string | undefined;
  readonly items: readonly MenuItem[];
}

/** What the button that opens the menu must carry; spread it onto `Button` or `IconButton`. */
export interface MenuTrigger {
  readonly "aria-haspopup": "menu";
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string;
  readonly onClick: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly trigger: (trigger: MenuTrigger) => JSX.Element;
}

/** A button that opens a list of actions. Arrows, Home, End and first letters move; Esc gives the focus back. */
export function Menu(props: MenuProps): JSX.Element {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  let anchor: HTMLSpanElement | undefined;

  const close = (): void => {
    setOpen(false);
    anchor?.querySelector("button")?.focus();
  };

  return (
    <span class={styles.anchor} ref={(element) => (anchor = element)}>
      {props.trigger({
        "aria-haspopup": "menu",
        get "aria-expanded"() {
          return open();
        },
        "aria-controls": id,
        onClick: () => setOpen((before) => !before),
      })}
      <Show when={open()}>
        <MenuPopup
          id={id}
          label={props.label}
          groups={props.groups}
          anchor={() => anchor}
          onClose={close}
          onLeave={() => setOpen(false)}
        />
      </Show>
    </span>
  );
}

interface MenuPopupProps {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly anchor: () => HTMLElement | undefined;
  /** Done: the focus goes back to the button. */
  readonly onClose: () => void;
  /** The person went elsewhere: the focus stays there. */
  readonly onLeave: () => void;
}

function MenuPopup(props: MenuPopupProps): JSX.Element {
  let popup: HTMLDivElement | undefined;
  const entries = (): HTMLButtonElement[] => [
    ...(popup?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? []),
  ];

  const onKeyDown = (event: KeyboardEvent): void => {
    const found = entries();
    const index = found.findIndex((entry) => entry === document.activeElement);
    const next =
      moveFocus(event.key, index, { count: found.length }) ?? byLetter(event, found, index);
    if (event.key === "Tab") {
      props.onLeave();
      return;
    }
    if (event.key === "Escape") props.onClose();
    else if (next === null) return;
    else found[next]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  onMount(() => {
    const anchor = props.anchor();
    if (popup === undefined || anchor === undefined) return;
    placeMenu(popup, anchor);
    (popup.querySelector<HTMLElement>('[aria-checked="true"]') ?? entries()[0])?.focus();
    const leave = (event: Event): void => {
      if (event.target instanceof Node && anchor.contains(event.target)) return;
      props.onLeave();
    };
    document.addEventListener("pointerdown", leave, true);
    window.addEventListener("resize", leave);
    window.addEventListener("scroll", leave, true);
    onCleanup(() => {
      document.removeEventListener("pointerdown", leave, true);
      window.removeEventListener("resize", leave);
      window.removeEventListener("scroll", leave, true);
    });
  });

  return (
    <div
      ref={(element) => (popup = element)}
      id={props.id}
      class={styles.popup}
      role="menu"
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      <For each={props.groups}>
        {(group) => (
          <div class={styles.group} role="group" aria-label={group.title}>
            <Show when={group.title}>
              <p class={styles.title} aria-hidden="true">
                {group.title}
              </p>
            </Show>
            <For each={group.items}>
              {(item) => <MenuEntry item={item} onDone={() => props.onClose()} />}
            </For>
          </div>
        )}
      </For>
    </div>
  );
}

function MenuEntry(props: { readonly item: MenuItem; readonly onDone: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class={classNames(styles.item, props.item.danger === true && styles.danger)}
      role={props.item.checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={props.item.checked}
      disabled={props.item.disabled}
      tabIndex={-1}
      onClick={() => {
        props.onDone();
        props.item.onSelect();
      }}
    >
      <span class={styles.icon} aria-hidden="true">
        <Show when={props.item.checked === true} fallback={props.item.icon}>
          <Check />
        </Show>
      </span>
      {props.item.label}
    </button>
  );
}

function byLetter(
  event: KeyboardEvent,
  entries: readonly HTMLElement[],
  index: number,
): number | null {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return null;
  const starts = (entry: HTMLElement): boolean =>
    entry.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase());
  const after = entries.findIndex((entry, at) => at > index && starts(entry));
  const found = after === -1 ? entries.findIndex(starts) : after;
  return found === -1 ? null : found;
}
