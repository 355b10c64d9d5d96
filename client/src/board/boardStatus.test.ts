import { describe, expect, it } from "vitest";
import { boardState, openingStatus, type BoardStatus } from "./boardStatus.ts";
import type { BoardState } from "./boardState.ts";
import { pointerIntervalMs } from "./networkThrift.ts";
import { ticketId } from "./ticketId.ts";

describe("boardState", () => {
  it.each<[BoardState, Partial<BoardStatus>, boolean]>([
    ["connecting", {}, true],
    ["connecting", { isStored: false }, false],
    ["offline", { link: "offline", isOpen: true, isStored: false }, true],
    ["offline", { link: "ended", isOpen: true }, true],
    ["synced", { link: "online", isOpen: true, isStored: false }, true],
    ["stored", { link: "online", isOpen: true }, true],
    ["locked", { link: "online", isOpen: true }, false],
    ["refused", { link: "offline", isRefused: true }, false],
  ])("is %s when %o, drawing allowed: %s", (state, status, mayDraw) => {
    expect(boardState({ ...openingStatus, ...status }, mayDraw)).toBe(state);
  });
});

describe("pointerIntervalMs", () => {
  it.each([
    [100, {}],
    [100, { effectiveType: "4g" }],
    [250, { effectiveType: "3g" }],
    [1_000, { effectiveType: "2g" }],
    [null, { effectiveType: "slow-2g" }],
    [null, { effectiveType: "4g", saveData: true }],
  ])("is %s on %o", (intervalMs, hints) => {
    expect(pointerIntervalMs(hints)).toBe(intervalMs);
  });
});

describe("ticketId", () => {
  const encode = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString("base64url");

  it("reads the id of a ticket", () => {
    expect(ticketId(`head.${encode({ jti: "4f>?~-_", name: "Halima ÿÿÿ>>>" })}.signature`)).toBe(
      "4f>?~-_",
    );
  });

  it.each(["", "a.b.c", `a.${encode(null)}.c`, `a.${encode({ jti: 5 })}.c`])(
    "finds none in %j",
    (ticket) => {
      expect(ticketId(ticket)).toBe("");
    },
  );
});
