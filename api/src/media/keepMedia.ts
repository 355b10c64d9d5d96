import { listenControl, sql, type ControlMessage } from "@darasa/database";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { Services } from "../services.ts";
import type { MediaRoom } from "./mediaRoomName.ts";
import { makeRoomKeeper, type RoomKeeper } from "./roomKeeper.ts";

/** How often it is looked which classes are due. */
const lookIntervalMs = 10_000;
/**
 * After so long each class's media server is asked again who is there, by one of all processes. With the looks that is
 * every 20 s, so that nobody loses more than half a minute with a media server that dies.
 */
const askIntervalMs = 15_000;

/** Work that goes on beside the requests. */
export interface KeptMedia {
  close(): Promise<void>;
}

/**
 * From now on the rooms of all classes on media servers follow the database: at once, every 20 s, and after every
 * control notice that concerns them.
 */
export function keepMedia(services: Services): KeptMedia {
  const keeper = makeRoomKeeper(services);
  const lookAtDue = async (olderThanMs: number): Promise<void> => {
    try {
      for (const due of await services.database.claimMediaClasses(olderThanMs)) {
        keeper.look(toRoom(due));
      }
    } catch (error) {
      services.log("warn", "could not look which classes have a media server", { error });
    }
  };
  const timer = setInterval(() => void lookAtDue(askIntervalMs), lookIntervalMs);
  const listener = listenControl(services.config.DATABASE_URL.reveal(), {
    onMessage: (message) => obey(services, keeper, message),
    // What was told meanwhile is gone.
    onReconnected: () => void lookAtDue(0),
    onError: (error) => services.log("warn", "control notices do not come through", { error }),
  });
  services.media.attend((room) => keeper.look(room));
  void listener.ready.then(() => lookAtDue(0));
  return {
    async close() {
      clearInterval(timer);
      await Promise.all([listener.close(), keeper.close()]);
    },
  };
}

function obey(services: Services, keeper: RoomKeeper, message: ControlMessage): void {
  if (message.kind === "trackMuted") {
    const { participantId, track } = message;
    keeper.mute({ ...toRoom(message), participantId, track });
  } else if (message.kind === "accessChanged") {
    void lookWhereTheyAre(services, keeper, message);
  } else if (isOfMedia(message)) {
    keeper.look(toRoom(message));
  }
}

/** After these, who may be there, or what they may send, is another than before. */
const mediaKinds = ["participantRemoved", "stage", "sourcesAllowed", "liveClassEnded"] as const;
type MediaMessage = Extract<ControlMessage, { kind: (typeof mediaKinds)[number] }>;

function isOfMedia(message: ControlMessage): message is MediaMessage {
  return mediaKinds.some((kind) => kind === message.kind);
}

const classSchema = z.object({ liveClassId: z.string() });

/** What an account may do changed: the running classes that it was let into are looked at. */
async function lookWhereTheyAre(
  services: Services,
  keeper: RoomKeeper,
  { schoolId, participantId }: { readonly schoolId: string; readonly participantId: string },
): Promise<void> {
  try {
    const classes = await services.database.inSchool(schoolId, (tx) =>
      tx.any(sql.type(classSchema)`
        select c.live_class_id as "liveClassId" from live_classes c
        join live_class_participants p
          on (p.school_id, p.live_class_id) = (c.school_id, c.live_class_id)
          and p.participant_id = ${participantId}
        where c.status = 'live' and c.video_provider = 'livekit'`),
    );
    for (const { liveClassId } of classes) keeper.look(toRoom({ schoolId, liveClassId }));
  } catch (error) {
    services.log("warn", "could not look which classes somebody is in", { schoolId, error });
  }
}

function toRoom(of: { readonly schoolId: string; readonly liveClassId: string }): MediaRoom {
  return { schoolId: of.schoolId as SchoolId, liveClassId: of.liveClassId as LiveClassId };
}
