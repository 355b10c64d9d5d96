import { describe, expect, it } from "vitest";
import { decodeFutureTime, encodeLocalTime, nextFullHour } from "./plannedTime.ts";

const nowMs = new Date(2026, 10, 20, 11, 30).getTime();

describe("a planned time", () => {
  it("goes into the field and comes back", () => {
    const atMs = nextFullHour(nowMs);
    expect(encodeLocalTime(atMs)).toBe("2026-11-20T12:00");
    expect(decodeFutureTime("2026-11-20T12:00", nowMs)).toBe(atMs);
  });

  it.each(["", "tomorrow", "2026-11-20T11:29"])("%j is no time to come", (value) => {
    expect(decodeFutureTime(value, nowMs)).toBeNull();
  });
});
