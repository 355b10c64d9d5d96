import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { fakeSession } from "../../test/support/fakeSession.ts";
import { createSessionRegistry, maxSessionsPerParticipant } from "./sessionRegistry.ts";

test("a person's oldest session makes room when there are too many", () => {
  const registry = createSessionRegistry();
  const participantId = "amina" as ParticipantId;
  const sessions = Array.from({ length: maxSessionsPerParticipant + 1 }, () =>
    fakeSession({ participantId }),
  );
  for (const session of sessions) registry.add(session);
  expect(sessions.map(({ closedWith }) => closedWith.length)).toEqual([
    1,
    ...Array<number>(maxSessionsPerParticipant).fill(0),
  ]);
  expect(sessions[0]?.closedWith[0]?.code).toBe(4409);
});

test("sessions are found by person and by the class whose guests they are, until they end", () => {
  const registry = createSessionRegistry();
  const liveClass = "class" as LiveClassId;
  const guest = fakeSession({ guestOf: liveClass });
  const user = fakeSession();
  registry.add(guest);
  registry.add(user);
  expect(registry.size).toBe(2);
  expect(registry.guestsOf(liveClass)).toEqual([guest]);
  registry.remove(guest);
  registry.remove(guest);
  expect(registry.guestsOf(liveClass)).toEqual([]);
  expect(registry.of(user.identity.participantId)).toEqual([user]);
  expect(registry.size).toBe(1);
});
