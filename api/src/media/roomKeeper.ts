import type { Services } from "../services.ts";
import { askAgain } from "./askAgain.ts";
import { muteTracks, type MuteAsked } from "./livekit/muteTracks.ts";
import { reconcileRoom } from "./livekit/reconcileRoom.ts";
import { MediaServerFailure } from "./mediaConnections.ts";
import { mediaRoomName, type MediaRoom } from "./mediaRoomName.ts";

/** So many rooms are looked after at a time; the others wait. */
const maxAtOnce = 32;
/** So many of one school, whose media server may take its time. */
const maxAtOnceOfSchool = 4;
/** How long work under way may take at shutdown. */
const drainMs = 2_000;

/** Looks after rooms on media servers, one look at a time for each. Nothing of it ever throws: failures are logged. */
export interface RoomKeeper {
  /** Soon; of those that are asked for while one waits, or again while it goes on, one is enough. */
  look(room: MediaRoom): void;
  mute(asked: MuteAsked): void;
  /** Looks at nothing any more, and resolves when what is under way is done, or after 2 s. */
  close(): Promise<void>;
}

/** A keeper of the rooms of all schools. */
export function makeRoomKeeper(services: Services): RoomKeeper {
  const waiting = new Map<string, MediaRoom>();
  const busy = new Map<string, MediaRoom>();
  const underWay = new Set<Promise<void>>();
  let isClosed = false;

  const mayBegin = (name: string, { schoolId }: MediaRoom): boolean => {
    const ofSchool = [...busy.values()].filter((room) => room.schoolId === schoolId);
    return !busy.has(name) && ofSchool.length < maxAtOnceOfSchool;
  };
  const begin = (room: MediaRoom, work: () => Promise<void>): Promise<void> => {
    const done = attempt(services, room, work).finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  };
  const lookAtWaiting = (): void => {
    for (const [name, room] of waiting) {
      if (isClosed || busy.size >= maxAtOnce) return;
      if (!mayBegin(name, room)) continue;
      waiting.delete(name);
      busy.set(name, room);
      void begin(room, () => lookAt(services, room)).then(() => {
        busy.delete(name);
        lookAtWaiting();
      });
    }
  };
  return {
    look(room) {
      waiting.set(mediaRoomName(room), room);
      lookAtWaiting();
    },
    mute(asked) {
      if (!isClosed) void begin(asked, () => muteTracks(services, asked));
    },
    async close() {
      isClosed = true;
      let cut: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => (cut = setTimeout(resolve, drainMs)));
      await Promise.race([Promise.all(underWay), patience]);
      clearTimeout(cut);
    },
  };
}

/** A class that is over is given back when that fails: else nobody would end its room any more. */
async function lookAt(services: Services, room: MediaRoom): Promise<void> {
  try {
    await reconcileRoom(services, room);
  } catch (error) {
    await askAgain(services, room);
    throw error;
  }
}

async function attempt(
  { log }: Pick<Services, "log">,
  { schoolId, liveClassId }: MediaRoom,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MediaServerFailure) return;
    log("warn", "a class's media room is not as it should be", { schoolId, liveClassId, error });
  }
}
