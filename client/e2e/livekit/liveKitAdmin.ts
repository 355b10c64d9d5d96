import { createHmac } from "node:crypto";
import type { TrackKind } from "@darasa/protocol";
import type { LiveKitTestServer } from "../../../infra/database/src/testing/liveKitServer.ts";
import type { MediaCall } from "../../src/media/livekit/mediaCall.ts";

/** Somebody in a room, as LiveKit's own API tells it. */
export interface LiveKitPerson {
  readonly identity: string;
  readonly tracks: readonly {
    readonly sid: string;
    readonly source: string;
    readonly muted: boolean;
  }[];
}

/** The server's side of one room: what Darasa's API does in earnest. */
export interface LiveKitAdmin {
  /** As the API answers to a join. */
  readonly callOf: (identity: string, sources: readonly TrackKind[]) => MediaCall;
  readonly people: () => Promise<readonly LiveKitPerson[]>;
  readonly mute: (identity: string, source: string) => Promise<void>;
  readonly permit: (identity: string, sources: readonly TrackKind[]) => Promise<void>;
  readonly remove: (identity: string) => Promise<void>;
}

const sourceNames: Readonly<Record<TrackKind, readonly string[]>> = {
  microphone: ["microphone"],
  camera: ["camera"],
  screen: ["screen_share", "screen_share_audio"],
};

/** One room of that server. */
export function createLiveKitAdmin(server: LiveKitTestServer, room: string): LiveKitAdmin {
  const sign = (claims: Readonly<Record<string, unknown>>, expiresInSeconds: number): string => {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const payload = { iss: server.apiKey, nbf: nowSeconds, exp: nowSeconds + expiresInSeconds };
    const body = [
      { alg: "HS256", typ: "JWT" },
      { ...payload, ...claims },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    return `${body}.${createHmac("sha256", server.apiSecret).update(body).digest("base64url")}`;
  };
  const ask = async <Answer>(method: string, body: object): Promise<Answer> => {
    const token = sign({ video: { roomAdmin: true, roomList: true, room } }, 60);
    const url = `${server.url.replace("ws", "http")}/twirp/livekit.RoomService/${method}`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ room, ...body }),
    });
    if (!answer.ok) throw new Error(`${method}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const people = async () => {
    const found = await ask<{ participants: LiveKitPerson[] }>("ListParticipants", {});
    return found.participants;
  };
  return {
    callOf: (identity, sources) => ({
      url: server.url,
      token: sign({ sub: identity, video: { roomJoin: true, room, ...grantsOf(sources) } }, 600),
      expiresInSeconds: 600,
    }),
    people,
    mute: async (identity, source) => {
      const person = (await people()).find((one) => one.identity === identity);
      const track = person?.tracks.find((one) => one.source === source);
      await ask("MutePublishedTrack", { identity, trackSid: track?.sid, muted: true });
    },
    permit: async (identity, sources) => {
      const { canPublishSources, ...grants } = grantsOf(sources);
      const names = canPublishSources.map((name) => name.toUpperCase());
      await ask("UpdateParticipant", {
        identity,
        permission: { ...grants, canPublishSources: names },
      });
    },
    remove: async (identity) => {
      await ask("RemoveParticipant", { identity });
    },
  };
}

function grantsOf(sources: readonly TrackKind[]) {
  return {
    canSubscribe: true,
    canPublish: sources.length > 0,
    canPublishSources: sources.flatMap((kind) => sourceNames[kind]),
    canPublishData: false,
  };
}
