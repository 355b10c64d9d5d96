import type { ParticipantId, ParticipantsAck } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { makeId, makeParticipant } from "../../room/test/roomFixtures.ts";
import { createHallPeople } from "./createHallPeople.ts";
import { visibleRows } from "./visibleRows.ts";

const person = (n: number) =>
  makeParticipant(makeId(n) as ParticipantId, { name: n % 2 === 0 ? `Even ${n}` : `Odd ${n}` });

/** A server that knows `total` people and answers pages of 100 when it is told to. */
function setUp(total: number) {
  const all = Array.from({ length: total }, (_, index) => person(index + 1));
  const waiting: (() => void)[] = [];
  let isAway = false;
  const hall = createHallPeople(({ after, query }) => {
    const found = all.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
    const rest = found.filter(({ participantId }) => after === null || participantId > after);
    const page = rest.slice(0, 100);
    const next = rest.length > 100 ? (page.at(-1)?.participantId ?? null) : null;
    return new Promise<ParticipantsAck>((resolve, reject) =>
      waiting.push(() => {
        if (isAway) reject(new Error("disconnected"));
        else resolve({ participants: page, next, count: total });
      }),
    );
  });
  const answerAll = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      next();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { all, hall, waiting, answerAll, goAway: (is: boolean) => (isAway = is) };
}

describe("[P10] a hall's people", () => {
  test("are read page by page, each person once", async () => {
    const { all, hall, answerAll } = setUp(250);
    void hall.search("");
    await answerAll();
    expect(hall.people()).toHaveLength(100);
    for (let pages = 0; pages < 3; pages += 1) {
      void hall.more();
      await answerAll();
    }
    expect(hall.people()).toEqual(all);
    expect(hall.hasMore()).toBe(false);
  });

  test("are found by name, and the answer to an earlier question is none to this", async () => {
    const { hall, waiting, answerAll } = setUp(120);
    void hall.search("odd");
    void hall.search("even");
    const [toOdd] = waiting.splice(0, 1);
    await answerAll();
    toOdd?.();
    await answerAll();
    expect(hall.people()).toHaveLength(60);
    expect(hall.people().every(({ name }) => name.startsWith("Even"))).toBe(true);
  });

  test("are read again as far as they were", async () => {
    const { hall, answerAll } = setUp(250);
    void hall.search("");
    await answerAll();
    void hall.more();
    await answerAll();
    void hall.search("");
    await answerAll();
    expect(hall.people()).toHaveLength(200);
  });

  test("stay on the screen while there is no connection", async () => {
    const { hall, answerAll, goAway } = setUp(120);
    void hall.search("");
    await answerAll();
    goAway(true);
    void hall.search("");
    await answerAll();
    expect(hall.people()).toHaveLength(100);
    expect(hall.isLoading()).toBe(false);
  });
});

describe("visibleRows", () => {
  const list = { rowHeight: 50, height: 500, count: 10_000 };

  test("are those in sight and some beyond, at every place of the list", () => {
    expect(visibleRows({ ...list, top: 0 })).toEqual({ first: 0, end: 18 });
    expect(visibleRows({ ...list, top: 5_000 })).toEqual({ first: 92, end: 118 });
    expect(visibleRows({ ...list, top: 499_500 })).toEqual({ first: 9_982, end: 10_000 });
  });

  test("of a list that became shorter are its last", () => {
    expect(visibleRows({ ...list, top: 499_500, count: 5 })).toEqual({ first: 5, end: 5 });
  });
});
