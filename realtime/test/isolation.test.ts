import { randomUUID } from "node:crypto";
import type { BoardId, Command, ParticipantId, SessionId } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let school: LocalSchool;
let teacher: TestClient;
let stranger: TestClient;
beforeAll(async () => {
  school = await startLocalSchool();
  teacher = await school.enter(school.teacher);
  stranger = await school.connect(school.stranger);
  const { strangeRoom: room } = school;
  await stranger.acked({ type: "joinRoom", room, liveClass: null });
});
afterAll(() => school.stop());

type Body = Command extends infer Each ? (Each extends Command ? Omit<Each, "id"> : never) : never;

/** Every command there is, about this school's room. */
function everyCommand(): Body[] {
  const { room, liveClass } = school;
  const participant = school.teacher.participantId;
  const to = teacher.all("welcome")[0]?.sessionId ?? (randomUUID() as SessionId);
  const board = school.database.rooms.mathematics.boardId as BoardId;
  return [
    { type: "joinRoom", room, liveClass },
    { type: "joinRoom", room, liveClass: null, since: 0 },
    { type: "sendMessage", room, body: "hello from elsewhere" },
    { type: "leaveRoom", room },
    { type: "raiseHand", room },
    { type: "lowerHand", room, participant },
    { type: "lowerHand", room, participant: null },
    { type: "setPermissions", room, chatLocked: true },
    { type: "allowDrawing", room, participant, allowed: true },
    { type: "muteParticipant", room, participant, track: "camera" },
    { type: "removeParticipant", room, participant },
    { type: "joinMesh", room },
    { type: "leaveMesh", room },
    { type: "setMedia", room, microphone: true, camera: true, screen: true },
    { type: "sendSignal", room, to, signal: {} },
    { type: "getBoardTicket", room, board },
  ];
}

describe("[E4] another school's", () => {
  test("room is not found, whatever the command", async () => {
    for (const command of everyCommand()) {
      expect(await stranger.refused(command as never), command.type).toBe("not_found");
    }
    expect(teacher.all("chatMessage")).toEqual([]);
  });

  test("live class does not let one into one's own room", async () => {
    const { strangeRoom: room, liveClass } = school;
    expect(await stranger.refused({ type: "joinRoom", room, liveClass })).toBe("not_found");
  });

  test("people, sessions and boards are not found from one's own room", async () => {
    const { room } = school;
    const participant = school.stranger.participantId;
    const to = stranger.all("welcome")[0]?.sessionId as SessionId;
    const board = school.database.neighbour.rooms.history.boardId as BoardId;
    await teacher.acked({ type: "joinMesh", room });
    for (const command of [
      { type: "lowerHand", room, participant },
      { type: "allowDrawing", room, participant, allowed: true },
      { type: "muteParticipant", room, participant, track: "camera" },
      { type: "removeParticipant", room, participant },
      { type: "sendSignal", room, to, signal: {} },
      { type: "getBoardTicket", room, board },
    ] as const) {
      expect(await teacher.refused(command as never), command.type).toBe("not_found");
    }
  });

  test("things never reach a stranger", async () => {
    await teacher.acked({ type: "sendMessage", room: school.room, body: "canary" });
    const marker = { type: "sendMessage", room: school.strangeRoom, body: "own" } as const;
    await stranger.acked(marker);
    await stranger.next("chatMessage", ({ body }) => body === "own");
    const everything = JSON.stringify(stranger.messages);
    expect(everything).not.toContain("canary");
    expect(everything).not.toContain(school.room);
    expect(everything).not.toContain(school.teacher.name);
  });
});

test("[E4] a board of another room of the same school is not found", async () => {
  const board = school.database.rooms.biology.boardId as BoardId;
  expect(await teacher.refused({ type: "getBoardTicket", room: school.room, board })).toBe(
    "not_found",
  );
});

test("[R2] a guest sees their class only, and from its beginning on", async () => {
  const { room, liveClass } = school;
  const guest = await school.connect(school.guest);
  expect(await guest.refused({ type: "joinRoom", room, liveClass: null })).toBe("not_found");
  const elsewhere = { room: school.strangeRoom, liveClass };
  expect(await guest.refused({ type: "joinRoom", ...elsewhere })).toBe("not_found");
  const joined = await guest.acked({ type: "joinRoom", room, liveClass, since: 0 });
  expect(joined).toMatchObject({ role: "guest", firstSeq: 1 });
});

test("a forged sender, seq or time in a message changes nothing", async () => {
  const forged = {
    type: "sendMessage",
    room: school.room,
    body: "who am I?",
    senderId: randomUUID() as ParticipantId,
    senderName: "Somebody else",
    seq: 1,
    sentAtMs: 1,
  } as const;
  const { seq } = await teacher.acked(forged);
  const event = await teacher.next("chatMessage", (each) => each.seq === seq);
  expect(event).toMatchObject({
    senderId: school.teacher.participantId,
    senderName: school.teacher.name,
  });
  expect(seq).toBeGreaterThan(1);
});
