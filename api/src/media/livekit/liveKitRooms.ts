import type { TrackKind } from "@darasa/protocol";
import { trackKinds } from "@darasa/protocol";
import {
  ParticipantInfo_State as State,
  RoomServiceClient,
  ServerError,
  TrackSource,
  type ParticipantInfo,
} from "livekit-server-sdk";
import { liveKitGrants } from "../../tokens/signLiveKitToken.ts";
import type { LiveKitServer } from "../mediaServers.ts";
import { confineCalls } from "../own/confineCalls.ts";

/** Longer than a healthy server takes by a hundred times. */
const timeoutSeconds = 3;

/** Something that somebody sends. */
export interface LiveKitTrack {
  readonly sid: string;
  /** Null for what no client of ours sends. */
  readonly kind: TrackKind | null;
  readonly isMuted: boolean;
}

/** Somebody who is connected to a room; the server's own (who records) are not among them. */
export interface LiveKitPerson {
  readonly identity: string;
  readonly sid: string;
  readonly joinedAtMs: number;
  /** What they may send; null when they may do something that none of our tokens allows. */
  readonly sources: readonly TrackKind[] | null;
  readonly tracks: readonly LiveKitTrack[];
}

/** Who is in a room; one that nobody has entered has no sid. */
export interface LiveKitRoom {
  readonly sid: string | null;
  readonly people: readonly LiveKitPerson[];
}

/**
 * What Darasa asks of a LiveKit, with the server's own key. Everything rejects within 3 s when it does not answer, and
 * succeeds when the room or the person is gone.
 */
export interface LiveKitRooms {
  /** Resolves when the server is there and takes our key. */
  ping(): Promise<void>;
  list(room: string): Promise<LiveKitRoom>;
  /** From now on they may send these and no more; what they send else ends. */
  permit(room: string, identity: string, sources: readonly TrackKind[]): Promise<void>;
  /** Only they switch it on again. */
  mute(room: string, identity: string, trackSid: string): Promise<void>;
  /** With the same token they may come back: whoever puts out looks again. */
  putOut(room: string, identity: string): Promise<void>;
  /** Puts everybody out. */
  end(room: string): Promise<void>;
}

/** What is done with every question to the server, so that it is known whether it answers. */
export type WatchCall = <T>(call: Promise<T>) => Promise<T>;

/** The rooms of that LiveKit. */
export function makeLiveKitRooms(server: LiveKitServer, watch: WatchCall): LiveKitRooms {
  const { url, apiKey, apiSecret } = server;
  const made = new RoomServiceClient(url, apiKey, apiSecret.reveal(), {
    requestTimeout: timeoutSeconds,
    // Of LiveKit Cloud alone, and it would wait again for each region.
    failover: false,
  });
  const client = confineCalls(made, server, timeoutSeconds * 1_000);
  const tell = (call: Promise<unknown>) => watch(unlessGone(call));
  return {
    async ping() {
      await watch(client.listRooms(["nobody's"]));
    },
    async list(room) {
      const [rooms, people] = await watch(
        Promise.all([client.listRooms([room]), client.listParticipants(room)]),
      );
      return { sid: rooms[0]?.sid ?? null, people: people.filter(isConnected).map(toPerson) };
    },
    permit: (room, identity, sources) =>
      tell(client.updateParticipant(room, identity, { permission: permissionOf(sources) })),
    mute: (room, identity, trackSid) =>
      tell(client.mutePublishedTrack(room, identity, trackSid, true)),
    putOut: (room, identity) => tell(client.removeParticipant(room, identity)),
    end: (room) => tell(client.deleteRoom(room)),
  };
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ServerError && error.code === "not_found")) throw error;
  }
}

const kindBySource = new Map<TrackSource, TrackKind>([
  [TrackSource.MICROPHONE, "microphone"],
  [TrackSource.CAMERA, "camera"],
  [TrackSource.SCREEN_SHARE, "screen"],
  [TrackSource.SCREEN_SHARE_AUDIO, "screen"],
]);

function permissionOf(sources: readonly TrackKind[]) {
  const { canSubscribe, canPublish, canPublishData } = liveKitGrants(sources);
  const canPublishSources = [...kindBySource].flatMap(([source, kind]) =>
    sources.includes(kind) ? [source] : [],
  );
  return { canSubscribe, canPublish, canPublishData, canPublishSources };
}

/** People, as against what records a room or brings something into it (`livekit_models.proto#ParticipantInfo.Kind`). */
const standardKind = 0;

function isConnected({ state, kind }: ParticipantInfo): boolean {
  const isThere = state === State.JOINED || state === State.ACTIVE;
  return isThere && kind.valueOf() === standardKind;
}

function toPerson(info: ParticipantInfo): LiveKitPerson {
  return {
    identity: info.identity,
    sid: info.sid,
    joinedAtMs: Number(info.joinedAtMs) || Number(info.joinedAt) * 1000,
    sources: sourcesOf(info.permission),
    tracks: info.tracks.map(({ sid, source, muted }) => ({
      sid,
      kind: kindBySource.get(source) ?? null,
      isMuted: muted,
    })),
  };
}

function sourcesOf(permission: ParticipantInfo["permission"]): readonly TrackKind[] | null {
  if (!permission?.canSubscribe || permission.canPublishData || permission.canUpdateMetadata) {
    return null;
  }
  if (permission.hidden) return null;
  if (!permission.canPublish) return [];
  const allowed = permission.canPublishSources;
  // None named means all, which no token of ours says.
  if (allowed.length === 0) return null;
  return trackKinds.filter((kind) => allowed.some((source) => kindBySource.get(source) === kind));
}
