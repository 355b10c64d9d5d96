import { listenControl, sql, type ControlMessage } from "@darasa/database";
import { expect, vi } from "vitest";
import type { TestApi } from "./testApi.ts";

const markerId = "00000000-0000-4000-8000-000000000000";
const marker = JSON.stringify({
  kind: "liveClassStarted",
  schoolId: markerId,
  roomId: markerId,
  liveClassId: markerId,
});

/** What the gateways are told while `act` runs: everything before a last message of our own. */
export async function collectControl(
  api: TestApi,
  act: () => Promise<unknown>,
): Promise<ControlMessage[]> {
  const told: ControlMessage[] = [];
  const listener = listenControl(api.db.appUrl, {
    onMessage: (message) => void told.push(message),
    onReconnected: () => undefined,
  });
  await listener.ready;
  await act();
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`select pg_notify('darasa_control', ${marker})`),
  );
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ liveClassId: markerId }));
  await listener.close();
  return told.slice(0, -1);
}
