import { expect, test } from "vitest";
import { closeReasons, reconnectAfter } from "./closeCodes.ts";
import { errorTable } from "./errorCodes.ts";
import { canChat, canDraw, hasPermission } from "./roles.ts";
import { utf8Bytes } from "./utf8.ts";

test("[C1] close reasons are distinct and fit into a close frame", () => {
  const rows = Object.values(closeReasons);
  expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
  for (const row of rows) expect(utf8Bytes(row.reason)).toBeLessThanOrEqual(123);
});

test("[C1] a lost network means: come back; a removal means: do not", () => {
  expect(reconnectAfter(1006)).toBe("yes");
  expect(reconnectAfter(closeReasons.forbidden.code)).toBe("no");
  expect(reconnectAfter(closeReasons.unauthenticated.code)).toBe("fresh");
});

test("[E1] every error has a status and a sentence", () => {
  for (const row of Object.values(errorTable)) {
    expect(row.httpStatus).toBeGreaterThanOrEqual(400);
    expect(row.message).toMatch(/^[A-Z].*\.$/);
  }
});

test("[D4] only teachers moderate, write in a locked chat and draw on a locked board", () => {
  const locked = { drawing: "teachers", chatLocked: true } as const;
  for (const role of ["student", "guest"] as const) {
    expect(hasPermission(role, "classroom.moderate")).toBe(false);
    expect(canChat(role, locked)).toBe(false);
    expect(canDraw({ role, drawAllowed: false }, locked)).toBe(false);
    expect(canDraw({ role, drawAllowed: true }, locked)).toBe(true);
    expect(canDraw({ role, drawAllowed: false }, { ...locked, drawing: "everyone" })).toBe(true);
  }
  expect(canChat("teacher", locked)).toBe(true);
  expect(canDraw({ role: "teacher", drawAllowed: false }, locked)).toBe(true);
});
