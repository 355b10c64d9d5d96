import { onCleanup } from "solid-js";
import { shortcutAction, type ShortcutAction } from "./keyboardMap.ts";

/** Runs what the person's keys ask for, wherever the focus is. Lives as long as its owner. */
export function createShortcuts(run: (action: ShortcutAction) => void): void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isTyping = event.target instanceof Element && isTextField(event.target);
    const stroke = { key, code, altKey, ctrlKey, metaKey, shiftKey, isTyping };
    const action = event.repeat ? null : shortcutAction(stroke);
    // AltGr types characters; a modal dialog keeps the keyboard to itself.
    if (action === null || event.getModifierState("AltGraph")) return;
    if (document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    event.stopPropagation();
    run(action);
  };
  // Before the board, which stops the events that it uses.
  window.addEventListener("keydown", onKeyDown, { capture: true });
  onCleanup(() => window.removeEventListener("keydown", onKeyDown, { capture: true }));
}

function isTextField(element: Element): boolean {
  return element.closest("input, textarea, select, [contenteditable='true']") !== null;
}
