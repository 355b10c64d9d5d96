import { describe, expect, test } from "vitest";
import { makeFakeEnvironment, settle } from "../../connection/test/fakeEnvironment.ts";
import { createOwnPresence, idleAfterMs } from "./createOwnPresence.ts";

function setUp() {
  const environment = makeFakeEnvironment();
  const told: string[] = [];
  let isHeard = false;
  let isConnected = true;
  const presence = createOwnPresence({
    ...environment,
    isHeard: () => isHeard,
    tell: ({ context, idle }) => {
      if (!isConnected) return Promise.reject(new Error("disconnected"));
      told.push(idle ? `${context}, away` : context);
      return Promise.resolve();
    },
  });
  presence.joined();
  return {
    environment,
    told,
    presence,
    hear: (is: boolean) => (isHeard = is),
    connect: (is: boolean) => (isConnected = is),
  };
}

describe("[P9] what one has before oneself", () => {
  test("is told once one has stayed there, and once", () => {
    const { environment, told, presence } = setUp();
    presence.touched("board");
    expect(told).toEqual([]);
    environment.pass(1_000);
    presence.touched("board");
    environment.pass(10_000);
    expect(told).toEqual(["board"]);
  });

  test("somewhere that was only passed by is not told", () => {
    const { environment, told, presence } = setUp();
    presence.touched("board");
    environment.pass(500);
    presence.touched("class");
    environment.pass(10_000);
    expect(told).toEqual([]);
  });

  test("who touches nothing for three minutes is away, and back at the first touch", () => {
    const { environment, told, presence } = setUp();
    environment.pass(idleAfterMs - 1);
    presence.touched(null);
    environment.pass(idleAfterMs - 1);
    expect(told).toEqual([]);
    environment.pass(1);
    expect(told).toEqual(["class, away"]);
    presence.touched(null);
    expect(told).toEqual(["class, away", "class"]);
    environment.pass(idleAfterMs);
    expect(told).toEqual(["class, away", "class", "class, away"]);
  });

  test("who is heard is there", () => {
    const { environment, told, hear } = setUp();
    hear(true);
    environment.pass(idleAfterMs * 3);
    expect(told).toEqual([]);
    hear(false);
    environment.pass(idleAfterMs * 2);
    expect(told).toEqual(["class, away"]);
  });

  test("what could not be told is told with the next join", async () => {
    const { environment, told, presence, connect } = setUp();
    connect(false);
    presence.touched("board");
    environment.pass(1_000);
    await settle();
    connect(true);
    presence.joined();
    expect(told).toEqual(["board"]);
  });
});
