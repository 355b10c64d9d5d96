import type { SessionId } from "@darasa/protocol";
import { expect, test } from "vitest";
import type { ConnectionState } from "../../connection/connectionState.ts";
import { makeId } from "../../room/test/roomFixtures.ts";
import { connectionWord } from "./connectionWord.ts";

const open: ConnectionState = {
  name: "open",
  attempt: 0,
  sinceMs: 0,
  sessionId: makeId(1) as SessionId,
  serverAheadMs: 0,
  comeBackInMs: null,
  isRestart: false,
  online: true,
};
const waiting: ConnectionState = {
  name: "waiting",
  attempt: 1,
  untilMs: 0,
  isRestart: false,
  online: true,
};

test("the words for a line follow both the socket and the room", () => {
  expect(connectionWord(waiting, { name: "joining" })).toBe("connecting");
  expect(connectionWord(open, { name: "joining" })).toBe("connecting");
  expect(connectionWord(open, { name: "joined" })).toBe("connected");
  expect(connectionWord(open, { name: "left" })).toBe("reconnecting");
  expect(connectionWord(waiting, { name: "left" })).toBe("reconnecting");
  expect(connectionWord({ ...waiting, online: false }, { name: "left" })).toBe("offline");
  expect(connectionWord({ ...waiting, isRestart: true }, { name: "left" })).toBe("restarting");
  expect(connectionWord({ ...open, isRestart: true }, { name: "left" })).toBe("restarting");
  expect(connectionWord({ ...open, isRestart: true }, { name: "joined" })).toBe("connected");
  expect(
    connectionWord({ name: "closed", reason: "replaced", online: true }, { name: "left" }),
  ).toBe("closed");
});
