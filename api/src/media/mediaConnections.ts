import { BoundedMap } from "../boundedMap.ts";
import type { Log } from "../log.ts";
import { makeLiveKitRooms, type LiveKitRooms } from "./livekit/liveKitRooms.ts";
import type { MediaRoom } from "./mediaRoomName.ts";
import type { JitsiServer, LiveKitServer } from "./mediaServers.ts";

/** Schools with servers of their own that one process speaks with at a time. */
const maxServers = 1_000;
/** How long it is believed that a server is there, or that it is not. */
const believedMs = 10_000;
const timeoutMs = 3_000;

/** The media servers that this process speaks with. */
export interface MediaConnections {
  liveKit(server: LiveKitServer): LiveKitRooms;
  /** Whether LiveKit answers and takes our key: asked at most every 10 s, however many want to know. Never rejects. */
  isLiveKitUp(server: LiveKitServer): Promise<boolean>;
  /** Whether anything answers where Jitsi should be, as seldom. Never rejects. */
  isJitsiUp(server: JitsiServer): Promise<boolean>;
  /** Says that a server failed: once in the log, until it has worked again. */
  failed(url: string, error: unknown): void;
  worked(url: string): void;
  /** Has the class's room looked after soon, by who attends to it; nobody does in a process that only answers. */
  look(room: MediaRoom): void;
  attend(look: (room: MediaRoom) => void): void;
}

interface Belief {
  readonly untilMs: number;
  readonly isUp: Promise<boolean>;
}

/** `now` is what beliefs are dated with. */
export function makeMediaConnections(log: Log, now: () => number): MediaConnections {
  const rooms = new BoundedMap<string, LiveKitRooms>(maxServers);
  const beliefs = new BoundedMap<string, Belief>(maxServers);
  const failing = new Set<string>();
  let attending: ((room: MediaRoom) => void) | null = null;

  const liveKit: MediaConnections["liveKit"] = (server) => {
    const key = `${server.url} ${server.apiKey} ${server.apiSecret.reveal()}`;
    const made = rooms.get(key) ?? makeLiveKitRooms(server);
    rooms.set(key, made);
    return made;
  };
  const worked: MediaConnections["worked"] = (url) => {
    if (failing.delete(url)) log("info", "media server answers again", { url });
  };
  const failed: MediaConnections["failed"] = (url, error) => {
    if (failing.has(url)) return;
    failing.add(url);
    log("warn", "media server does not do what it is asked", { url, error });
  };
  const believe = (url: string, ask: () => Promise<unknown>): Promise<boolean> => {
    const known = beliefs.get(url);
    if (known && now() < known.untilMs) return known.isUp;
    const isUp = ask().then(
      () => (worked(url), true),
      (error: unknown) => (failed(url, error), false),
    );
    beliefs.set(url, { untilMs: now() + believedMs, isUp });
    return isUp;
  };
  return {
    liveKit,
    look: (room) => attending?.(room),
    attend: (look) => (attending = look),
    worked,
    failed,
    isLiveKitUp: (server) => believe(server.url, () => liveKit(server).ping()),
    isJitsiUp: ({ domain }) => believe(`https://${domain}`, () => reach(`https://${domain}/`)),
  };
}

/** Resolves when a server is there, whatever it answers. */
async function reach(url: string): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal });
  if (answer.status >= 500) throw new Error(`It answers ${String(answer.status)}.`);
}
