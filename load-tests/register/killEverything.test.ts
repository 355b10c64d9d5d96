import { expect, test } from "vitest";
import { killEverything } from "./killEverything.ts";

/** What a machine that is busy takes from the last beat to the end of its gateway; all were there for minutes. */
const busyMs = 5_000;
/** Eleven processes start, a cluster of Postgres is made: most of it is waiting for a machine that has other work, too. */
const patienceMs = 180_000;

test(
  "when everything is killed, the register has everybody as they were there",
  async () => {
    const { running, ended } = await killEverything({
      beatMs: 250,
      // `npm run chaos -- --register` kills each by itself.
      oneByOne: ["Redis", "Postgres"],
      say: () => undefined,
    });
    expect(running.lines).toHaveLength(6);
    expect(running.liveClass.status).toBe("live");
    expect(ended.liveClass).toMatchObject({ status: "ended", endReason: "no_teacher" });
    for (const { lines } of [running, ended]) {
      for (const { name, lostMs, tooMuchMs, isPresent, isSaidPresent } of lines) {
        expect(lostMs, `${name} lost`).toBeLessThan(busyMs);
        expect(tooMuchMs, `${name} was given`).toBeLessThan(busyMs);
        expect(isSaidPresent, `${name} is there`).toBe(isPresent);
      }
    }
    expect(running.lines.filter(({ isPresent }) => isPresent)).toHaveLength(4);
    expect(ended.lines.some(({ isSaidPresent }) => isSaidPresent)).toBe(false);
  },
  patienceMs,
);
