import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { decideGuests } from "./decideGuests.ts";
import type { WaitingList } from "./waitingList.ts";
import { storeAdmitted } from "./waitingStore.ts";

interface Admission {
  readonly id: LiveClassId;
  readonly participantIds: readonly ParticipantId[] | "all";
}

/** Lets waiting guests into the class. @throws DarasaError not_found, forbidden, class_ended */
export function admitGuests(
  services: Services,
  caller: UserCaller,
  { id, participantIds }: Admission,
): Promise<WaitingList> {
  return decideGuests(services, caller, {
    id,
    action: "guest.admitted",
    store: (tx) => storeAdmitted(tx, id, participantIds),
  });
}
