import { BoundedMap } from "../boundedMap.ts";
import type { Log } from "../log.ts";
import { makeLiveKitEgress, type LiveKitEgress } from "./livekit/liveKitEgress.ts";
import { makeLiveKitRooms, type LiveKitRooms } from "./livekit/liveKitRooms.ts";
import type { MediaRoom } from "./mediaRoomName.ts";
import type { JitsiServer, LiveKitServer } from "./mediaServers.ts";
import { requestPublic } from "./own/requestPublic.ts";

/** Schools with servers of their own that one process speaks with at a time. */
const maxServers = 1_000;
/** How long it is believed that a server is there, or that it is not. */
const believedMs = 10_000;
/** A class that waits for one to come back is not kept waiting by what was found a while ago. */
const missedMs = 3_000;
const timeoutMs = 3_000;

/** A media server did not answer, or not as it should; the log knows of it. */
export class MediaServerFailure extends Error {
  constructor(cause: unknown) {
    super("The media server does not do what it is asked.", { cause });
    this.name = "MediaServerFailure";
  }
}

/** The media servers that this process speaks with. Of each, failing and working again is logged once. */
export interface MediaConnections {
  /** Its calls reject with a MediaServerFailure. */
  liveKit(server: LiveKitServer): LiveKitRooms;
  /** What records its rooms; its calls reject with a MediaServerFailure. */
  egress(server: LiveKitServer): LiveKitEgress;
  /** Whether LiveKit answers and takes our key: asked at most every 10 s, however many want to know. Never rejects. */
  isLiveKitUp(server: LiveKitServer): Promise<boolean>;
  /** Whether anything answers where Jitsi should be, as seldom. Never rejects. */
  isJitsiUp(server: JitsiServer): Promise<boolean>;
  /** Resolves when anything answers there. Rejects with a MediaServerFailure. */
  pingJitsi(server: JitsiServer): Promise<void>;
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
  const watch = makeWatch(log);
  let attending: ((room: MediaRoom) => void) | null = null;

  const liveKit: MediaConnections["liveKit"] = (server) => {
    const key = keyOf(server);
    const made = rooms.get(key) ?? makeLiveKitRooms(server, (call) => watch(key, server.url, call));
    rooms.set(key, made);
    return made;
  };
  const believe = (key: string, ask: () => Promise<unknown>): Promise<boolean> => {
    const known = beliefs.get(key);
    if (known && now() < known.untilMs) return known.isUp;
    const isUp = ask().then(
      () => true,
      () => {
        beliefs.set(key, { untilMs: now() + missedMs, isUp: Promise.resolve(false) });
        return false;
      },
    );
    beliefs.set(key, { untilMs: now() + believedMs, isUp });
    return isUp;
  };
  const pingJitsi = (server: JitsiServer): Promise<void> =>
    watch(jitsiUrl(server), jitsiUrl(server), reach(server));
  return {
    liveKit,
    egress: (server) =>
      makeLiveKitEgress(server, (call) => watch(`${keyOf(server)} Egress`, server.url, call)),
    look: (room) => attending?.(room),
    attend: (look) => (attending = look),
    isLiveKitUp: (server) => believe(keyOf(server), () => liveKit(server).ping()),
    isJitsiUp: (server) => believe(jitsiUrl(server), () => pingJitsi(server)),
    pingJitsi,
  };
}

/** One school's wrong key for a server says nothing about those who have the right one. */
function keyOf({ url, apiKey, apiSecret }: LiveKitServer): string {
  return [url, apiKey, apiSecret.reveal()].join(" ");
}

function makeWatch(log: Log) {
  const failing = new Set<string>();
  return async <T>(key: string, url: string, call: Promise<T>): Promise<T> => {
    try {
      const answer = await call;
      if (failing.delete(key)) log("info", "media server answers again", { url });
      return answer;
    } catch (error) {
      if (!failing.has(key))
        log("warn", "media server does not do what it is asked", { url, error });
      failing.add(key);
      throw new MediaServerFailure(error);
    }
  };
}

function jitsiUrl({ domain }: JitsiServer): string {
  return `https://${domain}`;
}

function ask(url: string): Promise<{ readonly status: number }> {
  const signal = AbortSignal.timeout(timeoutMs);
  return fetch(url, { method: "HEAD", redirect: "manual", signal });
}

function askPublic(url: string): Promise<{ readonly status: number }> {
  return requestPublic(new URL(url), { method: "HEAD", timeoutMs });
}

/** Resolves when a server is there, whatever it answers. */
async function reach(server: JitsiServer): Promise<void> {
  const url = jitsiUrl(server);
  const answer = server.isPublicOnly === true ? await askPublic(url) : await ask(url);
  if (answer.status >= 500) throw new Error(`It answers ${String(answer.status)}.`);
}
