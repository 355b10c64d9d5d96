import { joinAsGuest } from "../figures/openClass.ts";
import { percentile } from "./percentile.ts";

/** Both may write five a second: together one message every 100 ms. */
const everyMs = 100;

/** Two people in a class who go on talking while something else loads the server. */
export interface ChatBystander {
  /** Ends the talk; the time from sending to the other's screen, and how many never came. */
  stop(): Promise<{ readonly p99Ms: number; readonly sent: number; readonly lost: number }>;
}

/** They write in turn, and each reads what the other wrote; `code` is that of the running class. */
export async function startChatBystander(
  baseUrl: string,
  code: string,
  { liveClassId, roomId }: { readonly liveClassId: string; readonly roomId: string },
): Promise<ChatBystander> {
  const { socket: one } = await joinAsGuest(baseUrl, code, { name: "One", liveClassId });
  const { socket: other } = await joinAsGuest(baseUrl, code, { name: "Other", liveClassId });
  const sentAtMs = new Map<string, number>();
  const delaysMs: number[] = [];
  const hear = (expected: string) => (event: MessageEvent) => {
    const { type, body = "" } = JSON.parse(String(event.data)) as { type: string; body?: string };
    const atMs = sentAtMs.get(body);
    if (type !== "chatMessage" || atMs === undefined || !body.startsWith(expected)) return;
    delaysMs.push(performance.now() - atMs);
  };
  one.addEventListener("message", hear("other"));
  other.addEventListener("message", hear("one"));
  let count = 0;
  const timer = setInterval(() => {
    const [name, writer] = count % 2 === 0 ? ["one", one] : ["other", other];
    const body = `${name} ${count}`;
    count += 1;
    sentAtMs.set(body, performance.now());
    writer.send(JSON.stringify({ type: "sendMessage", id: body, room: roomId, body }));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      const deadlineMs = performance.now() + 5_000;
      while (delaysMs.length < count && performance.now() < deadlineMs) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      one.close();
      other.close();
      return { p99Ms: percentile(delaysMs, 0.99), sent: count, lost: count - delaysMs.length };
    },
  };
}
