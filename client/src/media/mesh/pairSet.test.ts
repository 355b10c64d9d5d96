import { describe, expect, it } from "vitest";
import type { ParticipantId, SessionId } from "@darasa/protocol";
import type { PersonConnection } from "../provider.ts";
import { noStatistics } from "../statistics.ts";
import type { Pair } from "./createPair.ts";
import { createPairSet } from "./pairSet.ts";

const session = (name: string) => name as SessionId;

interface FakePair extends Pair {
  connection: PersonConnection;
  state: "open" | "retired" | "closed";
}

function fakePair(person: string, connection: PersonConnection): FakePair {
  const participantId = person as ParticipantId;
  const fake: FakePair = {
    participantId,
    connection,
    state: "open",
    remote: () => ({
      participantId,
      connection: fake.connection,
      quality: "good",
      microphone: null,
      camera: null,
      screen: null,
    }),
    receive: () => undefined,
    refresh: () => undefined,
    restart: () => undefined,
    level: () => 0,
    statistics: () => Promise.resolve({ ...noStatistics, bytesSent: 100 }),
    retire: () => {
      fake.state = "retired";
    },
    close: () => {
      fake.state = "closed";
    },
  };
  return fake;
}

describe("createPairSet", () => {
  it("goes on showing the old picture until the new connection of the same person stands", () => {
    const pairs = createPairSet();
    const [old, fresh] = [fakePair("neema", "connected"), fakePair("neema", "connecting")];
    pairs.add(session("before"), old);
    pairs.retireAll();
    pairs.add(session("after"), fresh);
    expect(pairs.remotes()).toEqual([old.remote()]);
    fresh.connection = "connected";
    pairs.closeRetired("replaced");
    expect(pairs.remotes()).toEqual([fresh.remote()]);
    expect(old.state).toBe("closed");
  });

  it("keeps no old pair that was not connected anyway", () => {
    const pairs = createPairSet();
    const old = fakePair("neema", "failed");
    pairs.add(session("before"), old);
    pairs.retireAll();
    expect(old.state).toBe("closed");
    expect(pairs.remotes()).toEqual([]);
  });

  it("closes at once all that there is of somebody who leaves", () => {
    const pairs = createPairSet();
    const [old, fresh] = [fakePair("neema", "connected"), fakePair("neema", "connecting")];
    pairs.add(session("before"), old);
    pairs.add(session("after"), fresh);
    expect(old.state).toBe("retired");
    pairs.remove(session("after"));
    expect([old.state, fresh.state]).toEqual(["closed", "closed"]);
    expect(pairs.remotes()).toEqual([]);
  });

  it("lets go of who did not come back", () => {
    const pairs = createPairSet();
    const old = fakePair("neema", "connected");
    pairs.add(session("before"), old);
    pairs.retireAll();
    pairs.closeRetired("all");
    expect(old.state).toBe("closed");
  });

  it("counts the bytes of closed pairs too", async () => {
    const pairs = createPairSet();
    pairs.add(session("a"), fakePair("neema", "connected"));
    pairs.add(session("b"), fakePair("baraka", "connected"));
    pairs.remove(session("a"));
    expect((await pairs.statistics()).bytesSent).toBe(200);
  });
});
