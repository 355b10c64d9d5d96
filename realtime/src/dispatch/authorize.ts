import {
  canChat,
  hasPermission,
  type Command,
  type CommandType,
  type Permission,
  type Result,
} from "@darasa/protocol";
import { type Stay, permissionsOf } from "../room/room.ts";

/** What a command needs by role; null: nothing but to be in the room (SPEC D4). */
const needed: Record<CommandType, Permission | null> = {
  sendMessage: "chat.send",
  joinRoom: null,
  leaveRoom: null,
  setPresence: null,
  getParticipants: null,
  setTyping: "chat.send",
  react: "hand.raise",
  point: "board.draw",
  reportConnection: null,
  raiseHand: "hand.raise",
  lowerHand: null,
  setPermissions: "classroom.moderate",
  allowDrawing: "classroom.moderate",
  muteParticipant: "classroom.moderate",
  setStage: "classroom.moderate",
  allowSources: "classroom.moderate",
  askToUnmute: "classroom.moderate",
  removeParticipant: "classroom.moderate",
  joinMesh: "media.publish",
  leaveMesh: null,
  setMedia: "media.publish",
  sendSignal: "media.publish",
  getBoardTicket: null,
};

/** May this session do that in the room it has joined? By role, and by what the teacher has locked. */
export function authorize(stay: Stay, command: Command): Result<null> {
  const permission = isAboutOthers(stay, command) ? "classroom.moderate" : needed[command.type];
  if (permission !== null && !hasPermission(stay.role, permission)) {
    return { ok: false, error: "forbidden" };
  }
  // The database has the last word on the lock: what is known here may be a moment old.
  if (command.type === "sendMessage" && !canChat(stay.role, permissionsOf(stay.room))) {
    return { ok: false, error: "chat_locked" };
  }
  return { ok: true, value: null };
}

/** One's own hand is one's own to lower; all others' are the teacher's. */
function isAboutOthers(stay: Stay, command: Command): boolean {
  return (
    command.type === "lowerHand" && command.participant !== stay.session.identity.participantId
  );
}
