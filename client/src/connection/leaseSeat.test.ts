import { describe, expect, test } from "vitest";
import { createLeaseSeat } from "./leaseSeat.ts";
import { makeFakeEnvironment } from "./test/fakeEnvironment.ts";

function setUp(pages: number) {
  const environment = makeFakeEnvironment();
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const open = () => {
    let isAsleep = false;
    const after = (delayMs: number, run: () => void) =>
      environment.after(delayMs, () => {
        if (!isAsleep) run();
      });
    const seat = createLeaseSeat({ storage, key: "k", environment: { ...environment, after } });
    const heard: boolean[] = [];
    return {
      seat,
      heard,
      ask: () => seat.ask((isSeated) => heard.push(isSeated)),
      die: () => (isAsleep = true),
    };
  };
  return { environment, kept, pages: Array.from({ length: pages }, open) };
}

describe("createLeaseSeat", () => {
  test("of two who ask at the same moment one sits", () => {
    const { environment, pages } = setUp(2);
    for (const page of pages) page.ask();
    environment.pass(60_000);
    expect(pages.map(({ heard }) => heard)).toContainEqual([true]);
    expect(pages.map(({ heard }) => heard)).toContainEqual([]);
  });

  test("who leaves hands over within a look", () => {
    const { environment, pages } = setUp(2);
    const [first, second] = pages;
    first?.ask();
    environment.pass(200);
    second?.ask();
    environment.pass(5_000);
    expect(second?.heard).toEqual([]);
    first?.seat.leave();
    environment.pass(1_200);
    expect(second?.heard).toEqual([true]);
  });

  test("a page that died loses its seat when its lease ends", () => {
    const { environment, pages } = setUp(2);
    const [first, second] = pages;
    first?.ask();
    environment.pass(200);
    second?.ask();
    first?.die();
    environment.pass(6_500);
    expect(second?.heard).toEqual([true]);
  });

  test("a lease that a wrong clock made for ever is void", () => {
    const { environment, pages } = setUp(2);
    const [first, second] = pages;
    environment.setClock(600_000);
    first?.ask();
    environment.pass(200);
    first?.die();
    environment.setClock(-600_000);
    second?.ask();
    environment.pass(200);
    expect(second?.heard).toEqual([true]);
  });

  test("who is seized upon notices, and sits again when the other leaves", () => {
    const { environment, pages } = setUp(2);
    const [first, second] = pages;
    first?.ask();
    environment.pass(200);
    second?.ask();
    second?.seat.seize();
    environment.pass(2_000);
    expect([first?.heard, second?.heard]).toEqual([[true, false], [true]]);
    second?.seat.leave();
    environment.pass(1_200);
    expect(first?.heard).toEqual([true, false, true]);
  });

  test("a browser that keeps nothing keeps nobody from sending", () => {
    const refuse = () => {
      throw new Error("denied");
    };
    const environment = makeFakeEnvironment();
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
    const heard: boolean[] = [];
    createLeaseSeat({ storage, key: "k", environment }).ask((isSeated) => heard.push(isSeated));
    environment.pass(200);
    expect(heard).toEqual([true]);
  });
});
