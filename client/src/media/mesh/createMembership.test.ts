import { describe, expect, it } from "vitest";
import {
  DarasaError,
  type MeshMember,
  type ParticipantId,
  type SessionId,
  type Signal,
} from "@darasa/protocol";
import { createListeners } from "../../connection/listeners.ts";
import type { MeshEvent, SignallingPort } from "../signallingPort.ts";
import { createMembership } from "./createMembership.ts";

const member = (name: string): MeshMember => ({
  sessionId: `session-${name}` as SessionId,
  participantId: name as ParticipantId,
});

interface Question {
  readonly answer: Promise<readonly MeshMember[]>;
  readonly resolve: (members: readonly MeshMember[]) => void;
  readonly reject: (error: Error) => void;
}

function ask(): Question {
  let resolve: Question["resolve"] = () => undefined;
  let reject: Question["reject"] = () => undefined;
  const answer = new Promise<readonly MeshMember[]>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { answer, resolve, reject };
}

/** A gateway whose answers the test gives, and a clock that it turns. */
function setUp({ isPossible = true } = {}) {
  const events = createListeners<MeshEvent>();
  const asked: Question[] = [];
  const seen: string[] = [];
  const timers: { delayMs: number; run: () => void }[] = [];
  let left = 0;
  const port: SignallingPort = {
    sessionId: member("me").sessionId,
    participantId: member("me").participantId,
    joinMesh: () => {
      const question = ask();
      asked.push(question);
      return question.answer;
    },
    leaveMesh: () => {
      left += 1;
      return Promise.resolve();
    },
    sendSignal: () => undefined,
    setMedia: () => undefined,
    onMeshEvent: events.listen,
  };
  const membership = createMembership({
    port,
    isPossible,
    after: (delayMs, run) => {
      const timer = { delayMs, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    onMember: ({ participantId }) => seen.push(`met ${participantId}`),
    onOther: (event) => seen.push(event.type),
    onEntered: () => seen.push("entered"),
    onNewSession: () => seen.push("new session"),
    onRefused: () => seen.push("refused"),
    onChange: () => undefined,
  });
  /** Answers the last question and lets the answer arrive. */
  const answer = async (give: (question: Question) => void) => {
    const question = asked.at(-1);
    if (question === undefined) throw new Error("nothing was asked");
    give(question);
    await question.answer.catch(() => undefined);
    await Promise.resolve();
  };
  const signal = (from: string): MeshEvent => ({
    type: "signal",
    from: member(from).sessionId,
    signal: {} satisfies Signal,
  });
  return { membership, events, asked, seen, timers, answer, signal, leaves: () => left };
}

describe("createMembership", () => {
  it("meets who is there, and not its own second window", async () => {
    const { membership, seen, answer } = setUp();
    const entering = membership.enter();
    await answer(({ resolve }) => resolve([member("neema"), member("me")]));
    await entering;
    expect(seen).toEqual(["met neema", "entered"]);
    expect(membership.status()).toBe("connected");
  });

  it("loses nothing that the room says before the answer to joining is read", async () => {
    const { membership, events, seen, answer, signal } = setUp();
    void membership.enter();
    events.tell({ type: "joined", member: member("baraka") });
    events.tell(signal("neema"));
    await answer(({ resolve }) => resolve([member("neema")]));
    expect(seen).toEqual(["met neema", "met baraka", "signal", "entered"]);
  });

  it("says that the mesh is full and looks again after a while", async () => {
    const { membership, asked, timers, seen, answer } = setUp();
    void membership.enter();
    await answer(({ reject }) => reject(new DarasaError("mesh_full")));
    expect(membership.refusal()).toBe("mesh_full");
    expect(seen).toEqual(["refused"]);
    timers.at(-1)?.run();
    expect(asked).toHaveLength(2);
    await answer(({ resolve }) => resolve([]));
    expect(membership.status()).toBe("connected");
    expect(membership.refusal()).toBeNull();
  });

  it("tries a gateway that is away again, later each time, and gives up on a real no", async () => {
    const { membership, timers, answer } = setUp();
    void membership.enter();
    await answer(({ reject }) => reject(new DarasaError("unavailable")));
    expect(membership.status()).toBe("connecting");
    const firstDelayMs = timers.at(-1)?.delayMs ?? Infinity;
    timers.pop()?.run();
    await answer(({ reject }) => reject(new DarasaError("unavailable")));
    expect(timers.at(-1)?.delayMs).toBeGreaterThan(firstDelayMs);
    timers.pop()?.run();
    await answer(({ reject }) => reject(new DarasaError("forbidden")));
    expect(membership.refusal()).toBe("forbidden");
    expect(timers).toEqual([]);
  });

  it("joins anew with a new session, and minds no late answer of the old one", async () => {
    const { membership, events, asked, seen, answer } = setUp();
    void membership.enter();
    const [first] = asked;
    events.tell({ type: "disconnected" });
    expect(membership.status()).toBe("reconnecting");
    events.tell({ type: "reconnected" });
    first?.resolve([member("ghost")]);
    await answer(({ resolve }) => resolve([member("neema")]));
    expect(seen).toEqual(["new session", "met neema", "entered"]);
    expect(membership.status()).toBe("connected");
  });

  it("[V1] gives way to a second window of the same person, for good", async () => {
    const { membership, events, asked, answer } = setUp();
    void membership.enter();
    await answer(({ resolve }) => resolve([]));
    events.tell({ type: "left", sessionId: member("me").sessionId });
    expect(membership.refusal()).toBe("conflict");
    events.tell({ type: "reconnected" });
    expect(asked).toHaveLength(1);
  });

  it("asks for no place where the browser cannot connect to anybody", async () => {
    const { membership, asked } = setUp({ isPossible: false });
    await membership.enter();
    expect(membership.refusal()).toBe("unavailable");
    expect(asked).toEqual([]);
  });

  it("hears nothing any more after leaving", async () => {
    const { membership, events, seen, answer, leaves } = setUp();
    void membership.enter();
    await answer(({ resolve }) => resolve([]));
    await membership.leave();
    events.tell({ type: "joined", member: member("neema") });
    expect(seen).toEqual(["entered"]);
    expect(leaves()).toBe(1);
    expect(membership.status()).toBe("idle");
  });
});
