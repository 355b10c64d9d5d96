import { connectionModes } from "@darasa/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  initialLadder,
  isBelow,
  quietMs,
  reduceLadder,
  shortestUpMs,
  type LadderAction,
  type LadderState,
} from "./reduceLadder.ts";

const everyMs = 2_000;
const start = initialLadder({ wanted: "full", mode: "full", isAutomatic: false });

/** The ladder after so long on such a line, a measurement every two seconds. */
function after(
  state: LadderState,
  line: { readonly fromMs: number; readonly forMs: number; readonly loss: number },
  hasPictures = true,
): LadderState {
  let next = state;
  for (let atMs = line.fromMs + everyMs; atMs <= line.fromMs + line.forMs; atMs += everyMs) {
    const sample = { atMs, roundTripMs: 80, lossFraction: line.loss };
    next = reduceLadder(next, { type: "measured", sample, hasPictures });
  }
  return next;
}

const accepted = (state: LadderState, atMs: number) =>
  reduceLadder(state, { type: "accepted", atMs });

describe("reduceLadder", () => {
  test("a thin line proposes less within ten seconds, and changes nothing by itself", () => {
    const thin = after(start, { fromMs: 0, forMs: 10_000, loss: 0.15 });
    expect(thin).toMatchObject({ mode: "full", suggestion: "lite" });
    expect(accepted(thin, 10_000)).toMatchObject({
      mode: "lite",
      wanted: "full",
      suggestion: null,
    });
  });

  test("a very thin one proposes sound and board at once, and text where even sound breaks", () => {
    const severe = after(start, { fromMs: 0, forMs: 10_000, loss: 0.5 });
    expect(severe.suggestion).toBe("audio");
    const audio = accepted(severe, 10_000);
    expect(after(audio, { fromMs: 10_000, forMs: 10_000, loss: 0.15 }).suggestion).toBeNull();
    expect(after(audio, { fromMs: 10_000, forMs: 10_000, loss: 0.5 }).suggestion).toBe("text");
  });

  test("a line that goes on getting thinner has less proposed, and one that gets a little better not more", () => {
    const thin = after(start, { fromMs: 0, forMs: 10_000, loss: 0.15 });
    const severe = after(thin, { fromMs: 10_000, forMs: 10_000, loss: 0.5 });
    expect([thin.suggestion, severe.suggestion]).toEqual(["lite", "audio"]);
    expect(after(severe, { fromMs: 20_000, forMs: 20_000, loss: 0.15 }).suggestion).toBe("audio");
  });

  test("without pictures there is nothing to save by having fewer", () => {
    expect(after(start, { fromMs: 0, forMs: 20_000, loss: 0.15 }, false).suggestion).toBeNull();
    expect(after(start, { fromMs: 0, forMs: 20_000, loss: 0.5 }, false).suggestion).toBe("text");
  });

  test("a proposal goes when the line is good again", () => {
    const thin = after(start, { fromMs: 0, forMs: 10_000, loss: 0.15 });
    expect(after(thin, { fromMs: 10_000, forMs: 24_000, loss: 0 }).suggestion).toBeNull();
  });

  test("more is proposed after a minute, a rung at a time, and never above what was chosen", () => {
    const lite = { ...start, mode: "lite", wanted: "lite" } as const;
    const dropped = { ...lite, mode: "audio" } as const;
    const soon = after(dropped, { fromMs: 0, forMs: 50_000, loss: 0 });
    expect(soon.suggestion).toBeNull();
    const better = after(soon, { fromMs: 50_000, forMs: 20_000, loss: 0 });
    expect(better.suggestion).toBe("lite");
    const back = accepted(better, 70_000);
    expect(after(back, { fromMs: 70_000, forMs: 600_000, loss: 0 }).suggestion).toBeNull();
  });

  test("who says no is left in peace: to less for five minutes, to more for good", () => {
    const thin = after(start, { fromMs: 0, forMs: 10_000, loss: 0.15 });
    const no = reduceLadder(thin, { type: "declined", atMs: 10_000 });
    const still = after(no, { fromMs: 10_000, forMs: quietMs - 10_000, loss: 0.15 });
    expect(still.suggestion).toBeNull();
    const later = after(still, { fromMs: quietMs, forMs: 20_000, loss: 0.15 });
    expect(later.suggestion).toBe("lite");

    const audio = { ...start, mode: "audio" } as const;
    const more = after(audio, { fromMs: 0, forMs: 70_000, loss: 0 });
    const stays = reduceLadder(more, { type: "declined", atMs: 70_000 });
    expect(after(stays, { fromMs: 70_000, forMs: 900_000, loss: 0 }).suggestion).toBeNull();
  });

  test("one's own choice wins over the line", () => {
    const chosen = reduceLadder(
      { ...start, mode: "audio" },
      { type: "chosen", mode: "full", atMs: 1_000 },
    );
    expect(chosen).toMatchObject({ mode: "full", wanted: "full" });
    expect(after(chosen, { fromMs: 1_000, forMs: 60_000, loss: 0.5 })).toMatchObject({
      mode: "full",
      suggestion: null,
    });
  });

  test("by itself it steps down to keep the sound, tells so, and takes it back when asked", () => {
    const automatic = reduceLadder(start, { type: "automatic", isAutomatic: true });
    const stepped = after(automatic, { fromMs: 0, forMs: 10_000, loss: 0.5 });
    expect(stepped).toMatchObject({ mode: "audio", leftByItself: "full", suggestion: null });
    const worse = after(stepped, { fromMs: 10_000, forMs: 20_000, loss: 0.5 });
    expect(worse).toMatchObject({ mode: "audio", suggestion: "text" });
    const back = reduceLadder(stepped, { type: "undone", atMs: 12_000 });
    expect(after(back, { fromMs: 12_000, forMs: 60_000, loss: 0.5 }).mode).toBe("full");
  });

  test("who wants no more than they were left with is not taken back above that", () => {
    const automatic = reduceLadder(start, { type: "automatic", isAutomatic: true });
    const stepped = after(automatic, { fromMs: 0, forMs: 10_000, loss: 0.5 });
    const better = after(stepped, { fromMs: 10_000, forMs: 70_000, loss: 0 });
    expect(better).toMatchObject({ suggestion: "lite", leftByItself: "full" });
    const stays = reduceLadder(better, { type: "declined", atMs: 80_000 });
    expect(reduceLadder(stays, { type: "undone", atMs: 81_000 })).toMatchObject({
      mode: "audio",
      wanted: "audio",
    });
  });

  test("a step up that went wrong is proposed again only after twice the time", () => {
    const up = after({ ...start, mode: "lite" }, { fromMs: 0, forMs: 70_000, loss: 0 });
    const full = accepted(up, 70_000);
    const thin = after(full, { fromMs: 70_000, forMs: 12_000, loss: 0.15 });
    expect(accepted(thin, 82_000).upAfterMs).toBe(2 * shortestUpMs);
  });
});

const sampled = fc.record({
  type: fc.constant("measured" as const),
  loss: fc.constantFrom(0, 0, 0.02, 0.05, 0.1, 0.3, 0.6, null),
  hasPictures: fc.boolean(),
  repeat: fc.integer({ min: 1, max: 60 }),
});
const pressed = fc.record({ type: fc.constantFrom("accepted", "declined", "undone") });
const picked = fc.record({
  type: fc.constant("chosen" as const),
  mode: fc.constantFrom(...connectionModes),
});

describe("whatever the line does and the person answers", () => {
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: sampled }, pressed, picked), {
    maxLength: 60,
  });

  function run(
    isAutomatic: boolean,
    all: readonly (
      | { type: "measured"; loss: number | null; hasPictures: boolean; repeat: number }
      | { type: string; mode?: (typeof connectionModes)[number] }
    )[],
    look: (before: LadderState, next: LadderState, action: LadderAction, atMs: number) => void,
  ): void {
    let state = initialLadder({ wanted: "full", mode: "full", isAutomatic });
    let atMs = 0;
    const take = (action: LadderAction) => {
      const next = reduceLadder(state, action);
      look(state, next, action, atMs);
      state = next;
    };
    for (const step of all) {
      if ("repeat" in step) {
        for (let count = 0; count < step.repeat; count += 1) {
          atMs += everyMs;
          const sample = { atMs, roundTripMs: null, lossFraction: step.loss };
          take({ type: "measured", sample, hasPictures: step.hasPictures });
        }
      } else take({ ...step, atMs } as LadderAction);
    }
  }

  test("the line alone never takes more, never below the sound, and nothing unless allowed", () => {
    fc.assert(
      fc.property(fc.boolean(), steps, (isAutomatic, all) => {
        run(isAutomatic, all, (before, next, action) => {
          if (action.type !== "measured" || next.mode === before.mode) return;
          expect(isAutomatic).toBe(true);
          expect(isBelow(next.mode, before.mode)).toBe(true);
          expect(next.mode).not.toBe("text");
        });
      }),
    );
  });

  test("nothing is proposed sooner than six seconds, and nothing more sooner than 55 s, after a change", () => {
    fc.assert(
      fc.property(fc.boolean(), steps, (isAutomatic, all) => {
        let changedAtMs = 0;
        run(isAutomatic, all, (before, next, _, atMs) => {
          if (next.mode !== before.mode) changedAtMs = atMs;
          const isNew = next.suggestion !== null && next.suggestion !== before.suggestion;
          if (!isNew) return;
          const leastMs = isBelow(next.suggestion, next.mode) ? 6_000 : shortestUpMs - 5_000;
          expect(atMs - changedAtMs).toBeGreaterThanOrEqual(leastMs);
        });
      }),
    );
  });

  test("a proposal is another mode, and never above what the person wants", () => {
    fc.assert(
      fc.property(fc.boolean(), steps, (isAutomatic, all) => {
        run(isAutomatic, all, (_, next) => {
          expect(isBelow(next.wanted, next.mode)).toBe(false);
          if (next.suggestion === null) return;
          expect(next.suggestion).not.toBe(next.mode);
          expect(isBelow(next.wanted, next.suggestion)).toBe(false);
        });
      }),
    );
  });

  test("who takes every proposal on a line that comes and goes changes at most once a minute up", () => {
    fc.assert(
      fc.property(fc.array(sampled, { maxLength: 80 }), (all) => {
        const answered = all.flatMap((one) => [one, { type: "accepted" }]);
        const ups: number[] = [];
        run(false, answered, (before, next, _, atMs) => {
          if (isBelow(before.mode, next.mode)) ups.push(atMs);
        });
        for (const [index, atMs] of ups.entries())
          expect(atMs - (ups[index - 1] ?? -Infinity)).toBeGreaterThanOrEqual(shortestUpMs - 5_000);
      }),
    );
  });
});
