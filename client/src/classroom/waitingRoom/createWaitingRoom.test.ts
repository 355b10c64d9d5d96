import { createRoot } from "solid-js";
import { describe, expect, test } from "vitest";
import { ApiProblem } from "../../api/ApiProblem.ts";
import type { WaitingList } from "../../api/api.ts";
import { makeFakeEnvironment, settle } from "../../connection/test/fakeEnvironment.ts";
import { createWaitingRoom } from "./createWaitingRoom.ts";

/** A door at which the named people stand, in an API that answers when told to. */
function setUp(...names: string[]) {
  const environment = makeFakeEnvironment();
  let standing = names;
  let isAway = false;
  let pending: (() => void)[] = [];
  let isSlow = false;
  const asked: string[] = [];

  const list = (): WaitingList => ({
    people: standing.map((name) => ({ participantId: name, name, askedAtMs: 0 })),
    pinGuessed: false,
  });
  const answer = async (what: string, change: () => void = () => undefined) => {
    asked.push(what);
    if (isAway) throw new ApiProblem("unreachable");
    change();
    const told = list();
    if (isSlow) await new Promise<void>((resolve) => pending.push(resolve));
    return told;
  };
  const leave = (ids: readonly string[]) => () =>
    void (standing = standing.filter((name) => !ids.includes(name)));

  const room = createRoot(() =>
    createWaitingRoom({
      after: environment.after,
      load: () => answer("load"),
      admit: (ids) => answer(`admit ${ids.join()}`, leave(ids)),
      refuse: (ids) => answer(`refuse ${ids.join()}`, leave(ids)),
    }),
  );
  const came: string[][] = [];
  room.onCame((guests) => came.push(guests.map(({ name }) => name)));
  return {
    room,
    asked,
    came,
    environment,
    shown: () => room.people().map(({ name }) => name),
    setStanding: (...now: string[]) => (standing = now),
    setAway: (next: boolean) => (isAway = next),
    setSlow: (next: boolean) => (isSlow = next),
    answerAll: async () => {
      const told = pending;
      pending = [];
      told.forEach((resolve) => resolve());
      await settle();
    },
    look: async () => {
      room.look();
      await settle();
    },
  };
}

describe("the waiting room", () => {
  test("shows who waits, and tells of each of them once", async () => {
    const { shown, came, look, setStanding } = setUp("Ali");
    await look();
    await look();
    setStanding("Ali", "Bea", "Cam");
    await look();
    expect(shown()).toEqual(["Ali", "Bea", "Cam"]);
    expect(came).toEqual([["Ali"], ["Bea", "Cam"]]);
  });

  test("who is let in is gone at once, whatever older answers say", async () => {
    const { room, shown, came, look, setSlow, answerAll, asked } = setUp("Ali", "Bea");
    await look();
    setSlow(true);
    room.look();
    const admitted = room.admit(["Ali"]);
    expect(shown()).toEqual(["Bea"]);
    await answerAll();
    await admitted;
    expect(shown()).toEqual(["Bea"]);
    expect(came).toEqual([["Ali", "Bea"]]);
    expect(asked.filter((what) => what !== "load")).toEqual(["admit Ali"]);
  });

  test("who could not be let in stands there again", async () => {
    const { room, shown, look, setAway } = setUp("Ali");
    await look();
    setAway(true);
    const refused = room.refuse(["Ali"]);
    expect(shown()).toEqual([]);
    await expect(refused).rejects.toMatchObject({ code: "unreachable" });
    expect(shown()).toEqual(["Ali"]);
  });

  test("a change that is told while it looks is looked at too, and many are one look", async () => {
    const { room, asked, shown, setSlow, setStanding, answerAll } = setUp("Ali");
    setSlow(true);
    room.look();
    setStanding("Ali", "Bea");
    for (let time = 0; time < 5; time += 1) room.look();
    await answerAll();
    await answerAll();
    expect(asked).toEqual(["load", "load"]);
    expect(shown()).toEqual(["Ali", "Bea"]);
  });

  test("without an answer it looks again, until it is closed", async () => {
    const { room, asked, shown, look, environment, setAway } = setUp("Ali");
    setAway(true);
    await look();
    setAway(false);
    environment.pass(5_000);
    await settle();
    expect(shown()).toEqual(["Ali"]);
    setAway(true);
    await look();
    room.close();
    environment.pass(60_000);
    await settle();
    expect(asked).toEqual(["load", "load", "load"]);
  });
});
