import { randomUUID } from "node:crypto";
import type {
  Command,
  LiveClassId,
  ParticipantId,
  ParticipantRole,
  RoomId,
  SessionId,
} from "@darasa/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import { type Room, newRoom } from "../room/room.ts";
import { authorize } from "./authorize.ts";

const roomId = randomUUID() as RoomId;
const other = randomUUID() as ParticipantId;
const base = { id: "1", room: roomId };
let room: Room;
beforeEach(() => {
  room = newRoom(schoolId, roomId);
});

function verdict(role: ParticipantRole, command: Command): string {
  const stay = fakeStay(room, fakeSession(), { role });
  const result = authorize(stay, command);
  return result.ok ? "ok" : result.error;
}

const moderating: Command[] = [
  { ...base, type: "setPermissions", chatLocked: true },
  { ...base, type: "allowDrawing", participant: other, allowed: true },
  { ...base, type: "muteParticipant", participant: null, track: "camera" },
  { ...base, type: "removeParticipant", participant: other },
  { ...base, type: "lowerHand", participant: null },
  { ...base, type: "lowerHand", participant: other },
];
const ordinary: Command[] = [
  { ...base, type: "sendMessage", body: "x" },
  { ...base, type: "leaveRoom" },
  { ...base, type: "raiseHand" },
  { ...base, type: "joinMesh" },
  { ...base, type: "leaveMesh" },
  { ...base, type: "setMedia", microphone: true, camera: true, screen: true },
  { ...base, type: "sendSignal", to: randomUUID() as SessionId, signal: {} },
];

describe("[D4]", () => {
  test.each(["student", "guest"] as const)("a %s moderates nobody", (role) => {
    for (const command of moderating)
      expect(verdict(role, command), command.type).toBe("forbidden");
    for (const command of ordinary) expect(verdict(role, command), command.type).toBe("ok");
  });

  test("a teacher may all of it", () => {
    for (const command of [...moderating, ...ordinary]) {
      expect(verdict("teacher", command), command.type).toBe("ok");
    }
  });

  test("everybody lowers their own hand", () => {
    const session = fakeSession();
    const stay = fakeStay(room, session);
    const { participantId: participant } = session.identity;
    expect(authorize(stay, { ...base, type: "lowerHand", participant }).ok).toBe(true);
  });
});

test("[M4] a locked chat is for teachers", () => {
  const permissions = { drawing: "everyone", chatLocked: true } as const;
  room.liveClass = { liveClassId: "class" as LiveClassId, permissions, stage: meshStage };
  const command: Command = { ...base, type: "sendMessage", body: "x" };
  expect(verdict("student", command)).toBe("chat_locked");
  expect(verdict("guest", command)).toBe("chat_locked");
  expect(verdict("teacher", command)).toBe("ok");
});
