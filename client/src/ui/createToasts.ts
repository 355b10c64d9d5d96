import { createSignal } from "solid-js";

export type ToastTone = "info" | "success" | "warning" | "danger";

export interface ToastRequest {
  /** In the person's language. */
  readonly text: string;
  readonly tone?: ToastTone | undefined;
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined;
  /** Interrupts a screen reader: only for what changes what the person can do right now. */
  readonly assertive?: boolean | undefined;
  /** Stays until it is dismissed. */
  readonly stays?: boolean | undefined;
}

export interface Toast extends ToastRequest {
  readonly id: number;
  readonly tone: ToastTone;
  readonly shownAtMs: number;
}

export interface Toasts {
  /** Shows a toast and returns its id. The same text, still visible, is not shown twice. */
  readonly show: (toast: ToastRequest) => number;
  readonly dismiss: (id: number) => void;
  readonly visible: () => readonly Toast[];
  /** What was said, newest first, also after it went away; the last `maxHistory`. */
  readonly history: () => readonly Toast[];
  /** Takes away all of them, and what was said: the next person at this device need not read it. */
  readonly forget: () => void;
  /** While somebody points at the toasts or is in them, none goes away. */
  readonly hold: () => void;
  readonly release: () => void;
}

const maxHistory = 30;
const baseMs = 4_000;
/** Slow readers manage about 12 characters a second; so long a text stays. */
const perCharacterMs = 80;

interface Clock {
  readonly now: () => number;
  /** Runs `work` after `afterMs`; returns how to call it off. */
  readonly later: (work: () => void, afterMs: number) => () => void;
}

/** A list of toasts that leave by themselves, in the order of their coming. */
export function createToasts(clock: Clock): Toasts {
  const [visible, setVisible] = createSignal<readonly Toast[]>([]);
  const [history, setHistory] = createSignal<readonly Toast[]>([]);
  const leaving = new Map<number, () => void>();
  let lastId = 0;

  const dismiss = (id: number): void => {
    leaving.get(id)?.();
    leaving.delete(id);
    setVisible((toasts) => toasts.filter((toast) => toast.id !== id));
  };
  const leaveLater = (toast: Toast): void => {
    if (toast.stays === true) return;
    const afterMs = baseMs + toast.text.length * perCharacterMs;
    leaving.set(
      toast.id,
      clock.later(() => dismiss(toast.id), afterMs),
    );
  };
  const show = (request: ToastRequest): number => {
    const same = visible().find((toast) => toast.text === request.text);
    if (same !== undefined) return same.id;
    const toast = {
      tone: "info" as const,
      ...definedOnly(request),
      id: ++lastId,
      shownAtMs: clock.now(),
    };
    setVisible((toasts) => [...toasts, toast]);
    setHistory((toasts) => [toast, ...toasts].slice(0, maxHistory));
    leaveLater(toast);
    return toast.id;
  };

  return {
    show,
    dismiss,
    visible,
    history,
    forget: () => {
      visible().forEach(({ id }) => dismiss(id));
      setHistory([]);
    },
    hold: () => {
      for (const cancel of leaving.values()) cancel();
      leaving.clear();
    },
    release: () => visible().forEach(leaveLater),
  };
}

function definedOnly({
  tone,
  ...rest
}: ToastRequest): Omit<ToastRequest, "tone"> & { tone?: ToastTone } {
  return tone === undefined ? rest : { ...rest, tone };
}
