import type { Participant, ParticipantId } from "@darasa/protocol";
import type { TestClient } from "./testClient.ts";

/** Who is present as a client sees it: the list of its last join and every presence event since (SPEC P2, P10). */
export function presentList(client: TestClient): {
  readonly people: ReadonlyMap<ParticipantId, Participant>;
  readonly count: number;
} {
  const people = new Map<ParticipantId, Participant>();
  let count = 0;
  const add = (some: readonly Participant[]) => {
    for (const one of some) people.set(one.participantId, one);
  };
  for (const message of client.messages) {
    if (message.type === "ack" && "recent" in message.result) {
      people.clear();
      add(message.result.participants);
      ({ count } = message.result);
    }
    if (message.type !== "presence") continue;
    if (message.reset === true) people.clear();
    add(message.present);
    for (const id of message.gone) people.delete(id);
    ({ count } = message);
  }
  return { people, count };
}

/** Resolves when the client's list has so many people. */
export async function present(client: TestClient, count: number): Promise<void> {
  await client.until(() => {
    const list = presentList(client);
    return (list.people.size === count && list.count === count) || undefined;
  });
}

/** Resolves with the person as the client sees them, once that holds. */
export async function seen(
  client: TestClient,
  participantId: ParticipantId,
  holds: (participant: Participant) => boolean = () => true,
): Promise<Participant> {
  return client.until(() => {
    const found = presentList(client).people.get(participantId);
    return found !== undefined && holds(found) ? found : undefined;
  });
}
