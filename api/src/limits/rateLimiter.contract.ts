import { DarasaError } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RateLimiter } from "./rateLimiter.ts";

/** One kind of limiter, empty, with a hold on its time. */
interface LimiterUnderTest {
  readonly limiter: RateLimiter;
  readonly advance: (ms: number) => Promise<void> | void;
}

/** What every limiter keeps, whoever counts. */
export function describeRateLimiter(make: () => LimiterUnderTest): void {
  describe("a limiter", () => {
    let limiter: RateLimiter;
    let advance: LimiterUnderTest["advance"];
    beforeEach(() => void ({ limiter, advance } = make()));
    afterEach(() => limiter.close());

    /** Sign-ins of one account: 10 at once, then one in 10 s. */
    const take = (key: string) => limiter.take("login", "subject", key);
    const takeMany = async (key: string, times: number) => {
      const outcomes = await Promise.allSettled(Array.from({ length: times }, () => take(key)));
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(DarasaError);
      }
      return outcomes.filter(({ status }) => status === "fulfilled").length;
    };

    test("allows a burst, then the rate, and never more than a burst again", async () => {
      expect(await takeMany("a", 50)).toBe(10);
      await advance(10_000);
      expect(await takeMany("a", 5)).toBe(1);
      await advance(3_600_000);
      expect(await takeMany("a", 50)).toBe(10);
    });

    test("counts keys, limits and what is counted each for itself", async () => {
      await takeMany("a", 50);
      expect(await takeMany("b", 50)).toBe(10);
      await limiter.take("login", "address", "a");
      await limiter.take("forgot", "subject", "a");
    });

    test("says how long to wait, and that is true", async () => {
      await takeMany("a", 10);
      const refused = await take("a").catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "rate_limited" });
      const { details } = refused as DarasaError;
      const waitSeconds = Number(details?.["retryAfterSeconds"]);
      expect(waitSeconds).toBeGreaterThan(8);
      expect(waitSeconds).toBeLessThanOrEqual(10);
      await advance(waitSeconds * 1_000);
      expect(await takeMany("a", 5)).toBe(1);
    });

    test("lets what was given back be taken again, up to the burst", async () => {
      await takeMany("a", 10);
      await limiter.giveBack("login", "subject", "a");
      expect(await takeMany("a", 5)).toBe(1);
      for (let time = 0; time < 15; time += 1) await limiter.giveBack("login", "subject", "a");
      expect(await takeMany("a", 50)).toBe(10);
    });

    test("refuses to count what the limit does not", async () => {
      await expect(limiter.take("files", "subject", "a")).rejects.toThrow("files");
    });
  });
}
