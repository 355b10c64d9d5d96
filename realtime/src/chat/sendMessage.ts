import type { SendMessage, SendMessageAck } from "@darasa/protocol";
import { refuse, type Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";
import type { MessageWriter } from "./messageWriter.ts";

/** Acks a chat message once it is committed (SPEC M1 to M5). */
export function createSendMessage(writer: MessageWriter) {
  return async (stay: Stay, command: SendMessage): Promise<Answer<SendMessageAck>> => {
    const { room, session, role } = stay;
    const { participantId, name } = session.identity;
    const outcome = await writer.append(room, {
      schoolId: room.schoolId,
      roomId: room.roomId,
      // The locks of the class that runs hold for those who only look at its room, too.
      liveClassId: room.liveClass?.liveClassId ?? null,
      senderId: participantId,
      senderName: name,
      senderRole: role,
      // A lone surrogate has no UTF-8: it is replaced here as the database would, so that all see the same.
      clientId: command.id.toWellFormed(),
      body: command.body.toWellFormed(),
    });
    if (outcome.outcome !== "stored") return refuse(outcome.outcome);
    const { seq, messageId, sentAtMs } = outcome;
    return { ok: true, value: { seq, messageId, sentAtMs } };
  };
}
