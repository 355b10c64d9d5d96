import { describe, expect, it } from "vitest";
import type { SessionId } from "@darasa/protocol";
import { createEarlySignals } from "./earlySignals.ts";

const session = (name: string) => name as SessionId;

describe("createEarlySignals", () => {
  it("gives back what a session said before it was known, in order and once", () => {
    const early = createEarlySignals(6);
    early.keep(session("a"), { generation: 1 });
    early.keep(session("a"), { generation: 2 });
    expect(early.take(session("a"))).toEqual([{ generation: 1 }, { generation: 2 }]);
    expect(early.take(session("a"))).toEqual([]);
  });

  it("forgets the oldest session when there are too many", () => {
    const early = createEarlySignals(2);
    for (const name of ["a", "b", "c"]) early.keep(session(name), { generation: 1 });
    expect(early.take(session("a"))).toEqual([]);
    expect(early.take(session("c"))).toHaveLength(1);
  });

  it("keeps a bounded number of signals of one session", () => {
    const early = createEarlySignals(2);
    for (let index = 0; index < 1000; index += 1) early.keep(session("a"), {});
    expect(early.take(session("a"))).toHaveLength(64);
  });
});
