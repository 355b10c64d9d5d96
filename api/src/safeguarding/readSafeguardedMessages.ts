import { DarasaError, type RoomId } from "@darasa/protocol";
import type { MessagePage } from "../messages/chatMessage.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

interface Look {
  readonly roomId: RoomId;
  readonly before?: number | undefined;
  readonly limit: number;
  readonly reason: string;
}

/** A page. */
export function readSafeguardedMessages(
  _services: Services,
  _caller: UserCaller,
  _look: Look,
): Promise<MessagePage> {
  return Promise.reject(new DarasaError("unavailable"));
}
