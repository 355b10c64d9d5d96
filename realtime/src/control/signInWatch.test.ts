import { DarasaError } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeSession, type FakeSession } from "../../test/support/fakeSession.ts";
import type { Session } from "../room/room.ts";
import { SignInWatch } from "./signInWatch.ts";

let uptimeMs: number;
let open: FakeSession[];
let asked: Session[][];
let ended: Set<Session>;
let isAway: boolean;
let watch: SignInWatch;
beforeEach(() => {
  uptimeMs = 0;
  open = [];
  asked = [];
  ended = new Set();
  isAway = false;
  watch = new SignInWatch({
    sessions: { all: () => [...open] },
    load(_schoolId, sessions) {
      asked.push([...sessions]);
      if (isAway) return Promise.reject(new DarasaError("unavailable"));
      const endsInMs = 60_000;
      return Promise.resolve(
        sessions.map((session) => ({ session, holds: !ended.has(session), endsInMs })),
      );
    },
    uptimeMs: () => uptimeMs,
    log: () => undefined,
  });
});

function come(): FakeSession {
  const session = fakeSession();
  open.push(session);
  watch.came(session);
  return session;
}

async function beat(): Promise<void> {
  watch.beat();
  await new Promise((resolve) => setImmediate(resolve));
}

test("[T6] who has come is asked about once, and again when their sign-in should be over", async () => {
  const session = come();
  await beat();
  await beat();
  expect(asked).toEqual([[session]]);
  uptimeMs = 60_000;
  ended.add(session);
  await beat();
  expect(asked).toHaveLength(2);
  expect(session.closedWith.map(({ code }) => code)).toEqual([4401]);
});

test("[T6] whom the database spoke of meanwhile is asked about when that ends, and not before", async () => {
  const session = come();
  watch.holds(session, 1_000);
  await beat();
  expect(asked).toEqual([]);
  uptimeMs = 1_000;
  await beat();
  expect(asked).toEqual([[session]]);
});

test("[T6] when word may have been missed, what was said before does not count", async () => {
  const session = come();
  await beat();
  watch.all();
  watch.holds(session, 60_000);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  isAway = true;
  watch.all();
  await beat();
  watch.holds(session, 60_000);
  isAway = false;
  const before = asked.length;
  await beat();
  expect(asked).toHaveLength(before + 1);
});

test("[T6] while the database is away they are asked about again; who has left is not", async () => {
  const [stays, leaves] = [come(), come()];
  isAway = true;
  await beat();
  leaves.isOpen = false;
  isAway = false;
  await beat();
  await beat();
  expect(asked).toEqual([[stays, leaves], [stays]]);
});
