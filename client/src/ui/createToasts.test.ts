import { describe, expect, it } from "vitest";
import { createToasts } from "./createToasts.ts";

function toastsWithClock() {
  const pending = new Set<() => void>();
  const toasts = createToasts({
    now: () => 1_000,
    later: (work) => {
      pending.add(work);
      return () => pending.delete(work);
    },
  });
  return { toasts, elapse: () => [...pending].forEach((work) => work()) };
}

describe("toasts", () => {
  it("leave by themselves and stay in the history", () => {
    const { toasts, elapse } = toastsWithClock();
    toasts.show({ text: "Saved" });
    elapse();
    expect(toasts.visible()).toEqual([]);
    expect(toasts.history().map((toast) => toast.text)).toEqual(["Saved"]);
  });

  it("stay while somebody reads them", () => {
    const { toasts, elapse } = toastsWithClock();
    toasts.show({ text: "Saved" });
    toasts.hold();
    elapse();
    expect(toasts.visible()).toHaveLength(1);
    toasts.release();
    elapse();
    expect(toasts.visible()).toEqual([]);
  });

  it("stay until dismissed when they must", () => {
    const { toasts, elapse } = toastsWithClock();
    const id = toasts.show({ text: "You were muted", stays: true });
    elapse();
    expect(toasts.visible()).toHaveLength(1);
    toasts.dismiss(id);
    expect(toasts.visible()).toEqual([]);
  });

  it("are gone, history and all, when the person changes", () => {
    const { toasts } = toastsWithClock();
    toasts.show({ text: "The code is K7M2QX", stays: true });
    toasts.forget();
    expect(toasts.visible()).toEqual([]);
    expect(toasts.history()).toEqual([]);
  });

  it("do not repeat what still stands there", () => {
    const { toasts } = toastsWithClock();
    expect(toasts.show({ text: "Offline" })).toBe(toasts.show({ text: "Offline" }));
    expect(toasts.visible()).toHaveLength(1);
  });
});
