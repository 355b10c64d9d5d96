import { describe, expect, test } from "vitest";
import { ApiProblem, type ProblemCode } from "../../api/ApiProblem.ts";
import type { Joined, LiveClass } from "../../api/api.ts";
import { makeFakeEnvironment, settle } from "../../connection/test/fakeEnvironment.ts";
import { createClassEntry } from "./createClassEntry.ts";

/** An API whose class can be started and ended, or that cannot be reached. */
function setUp() {
  const environment = makeFakeEnvironment();
  let status: LiveClass["status"] = "scheduled";
  let problem: ProblemCode | null = null;
  let isShown = true;
  const asked: string[] = [];
  let isHeld = false;
  let isRefused = false;
  const liveClass = () => ({ title: "Linear equations", status }) as LiveClass;

  function ask<Value>(name: string, answer: () => Value): Promise<Value> {
    asked.push(name);
    if (problem !== null) return Promise.reject(new ApiProblem(problem));
    return Promise.resolve().then(answer);
  }

  const entry = createClassEntry({
    after: environment.after,
    random: environment.random,
    isShown: () => isShown,
    load: () => ask("load", liveClass),
    start: () =>
      ask("start", () => {
        status = "live";
        return liveClass();
      }),
    join: () =>
      ask("join", () => {
        if (isRefused) throw new ApiProblem("removed");
        if (status === "ended") throw new ApiProblem("class_ended");
        if (isHeld) throw new ApiProblem("waiting");
        if (status === "scheduled") throw new ApiProblem("class_not_started");
        return { liveClass: liveClass() } as Joined;
      }),
  });
  return {
    entry,
    asked,
    environment,
    setHeld: (next: boolean) => (isHeld = next),
    setRefused: (next: boolean) => (isRefused = next),
    setStatus: (next: LiveClass["status"]) => (status = next),
    setProblem: (next: ProblemCode | null) => (problem = next),
    setShown: (next: boolean) => (isShown = next),
    pass: async (ms: number) => {
      environment.pass(ms);
      await settle();
    },
  };
}

describe("createClassEntry", () => {
  test("a class that runs is entered at once", async () => {
    const { entry, setStatus } = setUp();
    setStatus("live");
    await entry.enter();
    expect(entry.state().name).toBe("ready");
  });

  test("before the start one waits, and enters by oneself when the teacher starts", async () => {
    const { entry, setStatus, pass } = setUp();
    await entry.enter();
    expect(entry.state()).toMatchObject({
      name: "scheduled",
      liveClass: { title: "Linear equations" },
    });
    await pass(5_000);
    expect(entry.state().name).toBe("scheduled");
    setStatus("live");
    await pass(5_000);
    expect(entry.state().name).toBe("ready");
  });

  test("the teacher starts and is in", async () => {
    const { entry } = setUp();
    await entry.enter();
    await entry.start();
    expect(entry.state().name).toBe("ready");
  });

  test("nobody looking, nothing asked", async () => {
    const { entry, asked, setShown, pass } = setUp();
    await entry.enter();
    setShown(false);
    const before = asked.length;
    await pass(60_000);
    expect(asked).toHaveLength(before);
    setShown(true);
    await pass(5_000);
    expect(asked.length).toBeGreaterThan(before);
  });

  test("a waiting room outlasts a network that goes away", async () => {
    const { entry, setProblem, setStatus, pass } = setUp();
    await entry.enter();
    setProblem("unreachable");
    await pass(5_000);
    expect(entry.state().name).toBe("scheduled");
    setProblem(null);
    setStatus("live");
    await pass(5_000);
    expect(entry.state().name).toBe("ready");
  });

  test("without an answer it says so, and tries again by itself", async () => {
    const { entry, setProblem, setStatus, pass } = setUp();
    setProblem("unreachable");
    await entry.enter();
    expect(entry.state()).toEqual({ name: "failed", code: "unreachable" });
    setProblem(null);
    setStatus("live");
    await pass(5_000);
    expect(entry.state().name).toBe("ready");
  });

  test.each([
    ["removed", "removed"],
    ["not_found", "notFound"],
    ["forbidden", "refused"],
  ] as const)("%s is final", async (code, name) => {
    const { entry, asked, setProblem, pass } = setUp();
    setProblem(code);
    await entry.enter();
    await pass(60_000);
    expect(entry.state().name).toBe(name);
    expect(asked).toEqual(["join"]);
  });

  test("an ended class says what it was", async () => {
    const { entry, setStatus } = setUp();
    setStatus("ended");
    await entry.enter();
    expect(entry.state()).toMatchObject({ name: "ended", liveClass: { status: "ended" } });
  });

  test("what was learnt from elsewhere is the end", async () => {
    const { entry, asked, setStatus, pass } = setUp();
    setStatus("live");
    await entry.enter();
    entry.finish({ name: "removed" });
    await entry.enter();
    await pass(60_000);
    expect(entry.state()).toEqual({ name: "removed" });
    expect(asked.filter((name) => name === "load")).toEqual([]);
  });

  test("after close nothing is asked", async () => {
    const { entry, asked, pass } = setUp();
    await entry.enter();
    entry.close();
    const before = asked.length;
    await pass(60_000);
    expect(asked).toHaveLength(before);
  });

  describe("a guest before the door", () => {
    test("knows for which class, and comes in when the teacher says so", async () => {
      const { entry, setStatus, setHeld, pass } = setUp();
      setStatus("live");
      setHeld(true);
      await entry.enter();
      expect(entry.state()).toMatchObject({
        name: "waiting",
        liveClass: { title: "Linear equations" },
      });
      await pass(2_500);
      expect(entry.state().name).toBe("waiting");
      setHeld(false);
      await pass(5_000);
      expect(entry.state().name).toBe("ready");
    });

    test("who is let in early waits for the start like everybody", async () => {
      const { entry, setStatus, setHeld, pass } = setUp();
      setHeld(true);
      await entry.enter();
      setHeld(false);
      await pass(5_000);
      expect(entry.state().name).toBe("scheduled");
      setStatus("live");
      await pass(5_000);
      expect(entry.state().name).toBe("ready");
    });

    test("asks every 2 to 5 seconds, also while nobody looks", async () => {
      const { entry, asked, setHeld, setShown, environment } = setUp();
      setHeld(true);
      setShown(false);
      await entry.enter();
      const gaps: number[] = [];
      for (let askedBefore = asked.length, gap = 0; gaps.length < 12;) {
        environment.pass(100);
        await settle();
        gap += 100;
        if (asked.length === askedBefore) continue;
        gaps.push(gap);
        [askedBefore, gap] = [asked.length, 0];
      }
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
      expect(asked.filter((what) => what === "load")).toHaveLength(1);
    });

    test("goes on waiting while the network is away", async () => {
      const { entry, setStatus, setHeld, setProblem, pass } = setUp();
      setStatus("live");
      setHeld(true);
      await entry.enter();
      setProblem("unreachable");
      await pass(10_000);
      expect(entry.state().name).toBe("waiting");
      setProblem(null);
      setHeld(false);
      await pass(5_000);
      expect(entry.state().name).toBe("ready");
    });

    test("who is refused was turned away, not put out", async () => {
      const { entry, asked, setStatus, setHeld, setRefused, pass } = setUp();
      setStatus("live");
      setHeld(true);
      await entry.enter();
      setRefused(true);
      await pass(5_000);
      expect(entry.state()).toEqual({ name: "turnedAway" });
      const before = asked.length;
      await pass(60_000);
      expect(asked).toHaveLength(before);
    });

    test("whose class ended is told so", async () => {
      const { entry, setStatus, setHeld, pass } = setUp();
      setStatus("live");
      setHeld(true);
      await entry.enter();
      setStatus("ended");
      await pass(5_000);
      expect(entry.state().name).toBe("ended");
    });
  });
});
