import type { ParticipantId, RoomId, SendMessageAck } from "@darasa/protocol";
import type { Environment } from "./environment.ts";
import { createLeaseSeat } from "./leaseSeat.ts";
import type { OutboxMessage } from "./outboxMessages.ts";
import type { StoredOutboxMessage } from "./outboxStore.ts";
import { createLockSeat, type SendingSeat } from "./sendingSeat.ts";
import { openTabChannel, type TabChannel } from "./tabChannel.ts";

/** What a page tells the others of the outbox that they share. */
export type OutboxWord =
  /** Written, or changed. */
  | { readonly type: "put"; readonly message: OutboxMessage }
  | { readonly type: "discarded"; readonly clientId: string }
  /** The server has stored it. */
  | { readonly type: "sent"; readonly message: StoredOutboxMessage; readonly ack: SendMessageAck };

/** All pages that one person has open on one room. */
export interface OutboxTabs {
  readonly seat: SendingSeat;
  readonly channel: TabChannel<OutboxWord>;
}

/** The pages of that person in that room, in this browser. */
export function openOutboxTabs(
  person: ParticipantId,
  room: RoomId,
  environment: Pick<Environment, "now" | "after" | "newId">,
): OutboxTabs {
  const name = `darasa.outbox.${person}.${room}`;
  return { seat: makeSeat(name, environment), channel: openTabChannel(name) };
}

function makeSeat(
  key: string,
  environment: Pick<Environment, "now" | "after" | "newId">,
): SendingSeat {
  // The types promise locks everywhere; a plain http address on a LAN has none.
  const locks = navigator.locks as LockManager | undefined;
  if (locks !== undefined) return createLockSeat(locks, key);
  return createLeaseSeat({ storage: pageStorage(), key, environment });
}

function pageStorage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
