import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptCounter, AttemptDelays } from "./attemptDelays.ts";

/** One kind of delays, with nothing counted, and a hold on its time. */
interface DelaysUnderTest {
  readonly delays: AttemptDelays;
  readonly advance: (ms: number) => Promise<void> | void;
}

const own: AttemptCounter = { kind: "address", key: "demo/amina 203.0.113.7" };
const shared: AttemptCounter = { kind: "account", key: "demo/amina" };
const others: AttemptCounter = { kind: "address", key: "demo/baraka 203.0.113.7" };

/** What all delays keep, whoever counts. */
export function describeAttemptDelays(make: () => DelaysUnderTest): void {
  describe("delays", () => {
    let delays: AttemptDelays;
    let advance: DelaysUnderTest["advance"];
    beforeEach(() => void ({ delays, advance } = make()));
    afterEach(() => delays.close());

    /** Seconds to wait, 0 when the attempt has begun. */
    const begin = async (...counters: AttemptCounter[]): Promise<number> => {
      const refused = await delays.begin(counters).then(
        () => null,
        (error: unknown) => error as { code: string; details: { retryAfterSeconds: number } },
      );
      if (refused) expect(refused.code).toBe("rate_limited");
      return refused?.details.retryAfterSeconds ?? 0;
    };
    const beginMany = async (times: number, ...counters: AttemptCounter[]) => {
      const waits = await Promise.all(Array.from({ length: times }, () => begin(...counters)));
      return waits.filter((seconds) => seconds === 0).length;
    };

    test("some failures are free, then the waits double, and what is told is true", async () => {
      expect(await beginMany(20, own)).toBe(5);
      for (const seconds of [1, 2, 4, 8]) {
        expect(await begin(own)).toBe(seconds);
        await advance(seconds * 1_000);
        expect(await begin(own)).toBe(0);
      }
    });

    test("the wait has an end", async () => {
      await beginMany(5, own);
      for (let round = 0; round < 25; round += 1) {
        await advance(900_000);
        expect(await begin(own)).toBe(0);
      }
      expect(await begin(own)).toBe(900);
    });

    test("an attempt that has to wait is counted nowhere", async () => {
      await beginMany(5, own);
      await beginMany(30, own, shared);
      expect(await beginMany(30, shared)).toBe(20);
    });

    test("counters are each for themselves", async () => {
      await beginMany(20, own);
      expect(await begin(others)).toBe(0);
      expect(await begin({ kind: "device", key: own.key })).toBe(0);
    });

    test("an attempt that was no guess leaves the next one free, and the failures before it counted", async () => {
      await beginMany(5, own);
      await advance(1_000);
      expect(await begin(own)).toBe(0);
      await delays.undo([own]);
      expect(await begin(own)).toBe(0);
      expect(await begin(own)).toBe(2);
    });

    test("whoever has shown who they are begins anew", async () => {
      await beginMany(20, own);
      await delays.forget([own]);
      expect(await beginMany(20, own)).toBe(5);
    });

    test("taking back or forgetting what was never counted is nothing", async () => {
      await delays.undo([own, shared]);
      await delays.forget([own]);
      await delays.forget([]);
      expect(await beginMany(20, own)).toBe(5);
    });
  });
}
