import { closeReasons, limits } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { createUwsTransport } from "../src/transport/uws.ts";
import { createWsTransport } from "../src/transport/ws.ts";
import { startLocalSchool } from "./support/localSchool.ts";

describe.each([
  ["uWebSockets.js", createUwsTransport],
  ["ws", createWsTransport],
])("on %s", (_, createTransport) => {
  test("[L4] who reads nothing in a busy room is cut, the others lose nothing, and they are whole again when they come back", async () => {
    const closed: number[] = [];
    const school = await startLocalSchool({
      createTransport: (options) =>
        createTransport({
          ...options,
          observer: { ...options.observer, closed: (code) => void closed.push(code) },
        }),
      settings: () => Promise.resolve({ limitsScale: 1_000 }),
    });
    const [writer, slow, other] = [
      await school.enter(school.teacher),
      await school.enter(school.students[0]),
      await school.enter(school.students[1]),
    ];
    slow.socket.pause();
    const body = "x".repeat(limits.maxMessageBytes);
    let sent = 0;
    // The network itself takes some megabytes before anything waits.
    while (closed.length === 0 && sent < 4_000) {
      const batch = Array.from({ length: 50 }, () =>
        writer.acked({ type: "sendMessage", room: school.room, body }),
      );
      await Promise.all(batch);
      sent += batch.length;
    }
    expect(closed).toEqual([closeReasons.slow.code]);
    await other.next("chatMessage", ({ seq }) => seq === sent);
    expect(other.chat()).toHaveLength(sent);

    slow.socket.resume();
    expect([closeReasons.slow.code, 1006]).toContain(await slow.closed());
    const seen = slow.chat().map(({ seq }) => seq);
    const back = await school.enter(school.students[0], seen.at(-1) ?? 0);
    await back.next("replay", ({ done }) => done);
    const all = [...seen, ...back.chat().map(({ seq }) => seq)];
    expect(all).toEqual(Array.from({ length: sent }, (_unused, index) => index + 1));
    for (const client of [writer, other, back]) client.close();
    await school.stop();
  });
});
