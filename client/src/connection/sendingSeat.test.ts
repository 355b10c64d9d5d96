import { describe, expect, test } from "vitest";
import { createLockSeat } from "./sendingSeat.ts";
import { makeFakeLocks } from "./test/fakeBrowser.ts";
import { settle } from "./test/fakeEnvironment.ts";

function setUp(pages: number) {
  const locks = makeFakeLocks();
  return Array.from({ length: pages }, () => {
    const page = locks.openPage();
    const heard: boolean[] = [];
    const seat = createLockSeat(page.locks, "outbox");
    return { ...page, seat, heard, ask: () => seat.ask((isSeated) => heard.push(isSeated)) };
  });
}

describe("createLockSeat", () => {
  test("the first who asks sits, the second when the first leaves", async () => {
    const [first, second] = setUp(2);
    first?.ask();
    second?.ask();
    await settle();
    expect([first?.heard, second?.heard]).toEqual([[true], []]);
    first?.seat.leave();
    await settle();
    expect(second?.heard).toEqual([true]);
  });

  test("a page that is closed hands over", async () => {
    const [first, second] = setUp(2);
    first?.ask();
    second?.ask();
    await settle();
    first?.close();
    await settle();
    expect(second?.heard).toEqual([true]);
  });

  test("a seat that was seized is told of, and queued for again", async () => {
    const [first, second] = setUp(2);
    first?.ask();
    second?.ask();
    await settle();
    second?.seat.seize();
    await settle();
    expect([first?.heard, second?.heard]).toEqual([[true, false], [true]]);
    second?.seat.leave();
    await settle();
    expect(first?.heard).toEqual([true, false, true]);
  });

  test("who left the queue never sits", async () => {
    const [first, second, third] = setUp(3);
    for (const page of [first, second, third]) page?.ask();
    await settle();
    second?.seat.leave();
    first?.seat.leave();
    await settle();
    expect([second?.heard, third?.heard]).toEqual([[], [true]]);
  });

  test("a browser that lends no locks keeps nobody from sending", async () => {
    const heard: boolean[] = [];
    const refusing = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
    createLockSeat(refusing, "outbox").ask((isSeated) => heard.push(isSeated));
    await settle();
    expect(heard).toEqual([true]);
  });
});
