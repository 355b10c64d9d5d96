import type { SendMessage, SendMessageAck } from "@darasa/protocol";
import { Encoded, refuse, type Answer, type Later } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";
import type { WriteOutcome } from "./flusher.ts";
import type { MessageWriter } from "./messageWriter.ts";

/** Acks a chat message once it is committed (SPEC M1 to M5). */
export function createSendMessage(writer: MessageWriter) {
  return ({ room, session, role }: Stay, command: SendMessage): Later<Answer<SendMessageAck>> => {
    const { participantId, name } = session.identity;
    const row = {
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
    };
    return (settle) => writer.append(room, row, (outcome) => settle(toAnswer(outcome)));
  };
}

function toAnswer(stored: WriteOutcome): Answer<SendMessageAck> {
  if (stored.outcome !== "stored") return refuse(stored.outcome);
  const { seq, messageId, sentAtMs } = stored;
  const json = `{"seq":${seq},"messageId":"${messageId}","sentAtMs":${sentAtMs}}`;
  return { ok: true, value: new Encoded(json) };
}
