import { limits, rateLimits, type PointedAt } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { makeFakeEnvironment } from "../../connection/test/fakeEnvironment.ts";
import { createPointerTeller, pointerIntervalMs } from "./createPointerTeller.ts";

const at = (x: number): PointedAt => ({ target: "screen", x, y: 0.5 });

function setUp() {
  const environment = makeFakeEnvironment();
  const told: (number | null)[] = [];
  const teller = createPointerTeller((where) => told.push(where?.x ?? null), environment);
  return { environment, told, teller };
}

describe("[P13] telling where one points", () => {
  test("is done at once, and of what comes too soon after it the last", () => {
    const { environment, told, teller } = setUp();
    teller.point(at(0.1));
    environment.pass(0);
    expect(told).toEqual([0.1]);
    for (const x of [0.2, 0.3, 0.4]) teller.point(at(x));
    environment.pass(pointerIntervalMs - 1);
    expect(told).toEqual([0.1]);
    environment.pass(1);
    expect(told).toEqual([0.1, 0.4]);
  });

  test("[L1] leaves most of what may pass to others, however the mouse shakes at the edge", () => {
    const { environment, told, teller } = setUp();
    for (let moves = 0; moves < 1_000; moves += 1) {
      teller.point(moves % 2 === 0 ? at(moves / 1_000) : null);
      environment.pass(10);
    }
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThanOrEqual((rateLimits.ephemeral.perSecond * 10) / 2);
  });

  test("who rests at a place says so again before they are forgotten", () => {
    const { environment, told, teller } = setUp();
    teller.point(at(0.1));
    environment.pass(limits.pointerLifeMs - 1);
    expect(told).toEqual([0.1, 0.1]);
  });

  test("the end is told once, and nothing after it", () => {
    const { environment, told, teller } = setUp();
    teller.point(at(0.1));
    environment.pass(1_000);
    teller.point(null);
    teller.point(null);
    environment.pass(60_000);
    teller.point(null);
    environment.pass(60_000);
    expect(told).toEqual([0.1, null]);
  });

  test("what nobody was told of needs no end", () => {
    const { environment, told, teller } = setUp();
    teller.point(at(0.1));
    teller.point(null);
    environment.pass(60_000);
    expect(told).toEqual([]);
  });
});
