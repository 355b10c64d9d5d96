import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { decideGuests } from "./decideGuests.ts";
import type { WaitingList } from "./waitingList.ts";
import { storeRefused } from "./waitingStore.ts";

interface Refusal {
  readonly id: LiveClassId;
  readonly participantIds: readonly ParticipantId[];
}

/** Turns waiting guests away, for good. @throws DarasaError not_found, forbidden, class_ended */
export function refuseGuests(
  services: Services,
  caller: UserCaller,
  { id, participantIds }: Refusal,
): Promise<WaitingList> {
  return decideGuests(services, caller, {
    id,
    action: "guest.refused",
    store: (tx) => storeRefused(tx, id, participantIds),
  });
}
