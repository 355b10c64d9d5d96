import type { TrackKind } from "@darasa/protocol";
import type { Services } from "../../services.ts";
import { mediaRoomName, type MediaRoom } from "../mediaRoomName.ts";
import { loadHall } from "./loadHall.ts";
import { planMute } from "./planRoom.ts";

/** Whom a teacher muted; null: all but teachers. */
export interface MuteAsked extends MediaRoom {
  readonly participantId: string | null;
  readonly track: TrackKind;
}

/**
 * Mutes on the server what somebody sends: a browser that does not obey is silent all the same. Nothing happens
 * where the class is not held through LiveKit. Rejects when LiveKit or the database does not answer.
 */
export async function muteTracks(services: Services, asked: MuteAsked): Promise<void> {
  const hall = await loadHall(services, asked);
  if (!hall?.isOpen) return;
  const rooms = services.media.liveKit(hall.server);
  const name = mediaRoomName(asked);
  const { people } = await rooms.list(name);
  await Promise.all(
    planMute(people, hall.seats, asked).map(({ identity, trackSid }) =>
      rooms.mute(name, identity, trackSid),
    ),
  );
}
