import MousePointer2 from "lucide-solid/icons/mouse-pointer-2";
import { createEffect, createMemo, For, on, onCleanup, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import type { ShownScreen } from "../../media/ScreenPicture.tsx";
import { classNames } from "../../ui/classNames.ts";
import { personColour } from "../../ui/person.ts";
import { useClassroom } from "../ClassroomContext.tsx";
import { pointerIntervalMs } from "./createPointerTeller.ts";
import { middle, movedPlace, placeIn, type Place } from "./pointedPlace.ts";
import type { ShownPointer } from "./reducePointers.ts";
import styles from "./PointerLayer.module.css";

/** Who points at a shared screen, over its picture, and the switch of those who may. */
export function PointerLayer(props: ShownScreen): JSX.Element {
  const { t } = useI18n();
  const { me, pointers, view } = useClassroom();
  const sharer = () => props.person.participantId;
  const own = createMemo(() => {
    const pointer = pointers.own();
    return pointer?.sharer === sharer() ? pointer : null;
  });
  const shown = createMemo((): readonly ShownPointer[] => {
    const place = own()?.place;
    const others = pointers.shownOn(sharer());
    return place == null ? others : [...others, { ...me, ...place }];
  });
  let button: HTMLButtonElement | undefined;

  function toggle(byKeyboard: boolean): void {
    if (own() === null) pointers.begin(sharer(), byKeyboard ? middle : null);
    else pointers.end();
  }

  function end(): void {
    pointers.end();
    button?.focus();
  }

  // Nobody points at what they do not see themselves: at another pane, or in another tab.
  createEffect(
    on(
      () => view.isInView("video"),
      (isInView) => {
        if (!isInView && own() !== null) pointers.point(null);
      },
    ),
  );
  onCleanup(() => {
    if (own() !== null) pointers.end();
  });

  return (
    <>
      <Show when={own() !== null || shown().length > 0}>
        <div
          class={classNames(styles.picture, props.isSelf && styles.own)}
          style={{ "--ratio": props.ratio, "--interval": `${pointerIntervalMs}ms` }}
        >
          <Show when={own()}>
            {(pointer) => (
              <Surface
                name={props.person.name}
                place={pointer().place}
                onPoint={pointers.point}
                onEnd={end}
              />
            )}
          </Show>
          <Dots shown={shown()} />
        </div>
      </Show>
      <Show when={props.isSelf && shown().length > 0}>
        <p class={styles.pointing} data-pointing>
          {t("classroom.pointer.onYours", {
            names: shown()
              .map(({ name }) => name)
              .join(", "),
          })}
        </p>
      </Show>
      <Show when={!props.isSelf && pointers.mayPoint()}>
        <button
          ref={(element) => (button = element)}
          type="button"
          class={styles.switch}
          aria-pressed={own() !== null}
          onClick={(event) => toggle(event.detail === 0)}
        >
          <MousePointer2 aria-hidden="true" />
          <span class={styles.word}>{t("classroom.pointer.switch")}</span>
        </button>
      </Show>
    </>
  );
}

/** What mouse, fingers and keys point on. It has the focus as soon as it is there. */
function Surface(props: {
  readonly name: string;
  readonly place: Place | null;
  readonly onPoint: (place: Place | null) => void;
  readonly onEnd: () => void;
}): JSX.Element {
  const { t } = useI18n();

  /** A finger that is lifted, or slips off, leaves the pointer where it was: it hid what it points at. */
  function follow(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    const place = placeIn(event.currentTarget.getBoundingClientRect(), event);
    if (place !== null || event.pointerType === "mouse") props.onPoint(place);
  }

  function press(event: KeyboardEvent): void {
    const place = movedPlace(props.place ?? middle, event);
    if (place === null && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (place === null) props.onEnd();
    else props.onPoint(place);
  }

  return (
    <div
      ref={(element) => queueMicrotask(() => element.focus({ preventScroll: true }))}
      class={styles.surface}
      role="application"
      aria-label={t("classroom.pointer.surface", { name: props.name })}
      tabIndex={0}
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerLeave={follow}
      onKeyDown={press}
    />
  );
}

/** Each keeps its element while it moves, so that it glides from one place that was told to the next. */
function Dots(props: { readonly shown: readonly ShownPointer[] }): JSX.Element {
  const { t } = useI18n();
  const { me } = useClassroom();
  const ids = createMemo(() => props.shown.map(({ participantId }) => participantId));
  return (
    <ul class={styles.dots} aria-label={t("classroom.pointer.list")}>
      <For each={ids()}>
        {(id) => (
          <Show when={props.shown.find(({ participantId }) => participantId === id)}>
            {(pointer) => (
              <li
                class={classNames(styles.dot, id === me.participantId && styles.mine)}
                style={{
                  left: `${pointer().x * 100}%`,
                  top: `${pointer().y * 100}%`,
                  "--person": personColour(id),
                }}
                data-pointer={id}
              >
                <span
                  class={classNames(styles.name, pointer().x > 0.6 && styles.before)}
                  dir="auto"
                >
                  {id === me.participantId ? t("chat.you") : pointer().name}
                </span>
              </li>
            )}
          </Show>
        )}
      </For>
    </ul>
  );
}
