import {
  EgressClient,
  ServerError,
  type EgressInfo,
  type EncodedFileOutput,
} from "livekit-server-sdk";
import type { LiveKitServer } from "../mediaServers.ts";
import { confineCalls } from "../own/confineCalls.ts";
import type { WatchCall } from "./liveKitRooms.ts";
import { toldOfEgress, type ToldEgress } from "./toldEgress.ts";

/** It starts a browser of its own before it answers. */
const timeoutSeconds = 12;

/** What Darasa asks of a LiveKit's Egress, with the server's own key: no token of a person may record. */
export interface LiveKitEgress {
  /** Records what the room looks and sounds like into that file, the speaker large; gives the id of what does so. */
  start(room: string, output: EncodedFileOutput): Promise<string>;
  /** Resolves when it ends, or has ended before. */
  stop(egressId: string): Promise<void>;
  /** All of the room that it knows of, those that have ended among them for a day; null: no Egress is set up there. */
  list(room: string): Promise<readonly ToldEgress[] | null>;
}

/** The Egress of that LiveKit. Everything rejects within 12 s when it does not answer. */
export function makeLiveKitEgress(server: LiveKitServer, watch: WatchCall): LiveKitEgress {
  const { url, apiKey, apiSecret } = server;
  const made = new EgressClient(url, apiKey, apiSecret.reveal(), {
    requestTimeout: timeoutSeconds,
    failover: false,
  });
  const client = confineCalls(made, server, timeoutSeconds * 1_000);
  return {
    async start(room, output) {
      const { egressId } = await watch(
        client.startRoomCompositeEgress(room, output, { layout: "speaker" }),
      );
      return egressId;
    },
    async stop(egressId) {
      await watch(unlessOver(client.stopEgress(egressId)));
    },
    async list(room) {
      const found = await watch(unlessMissing(client.listEgress({ roomName: room })));
      return found && found.flatMap((info) => toldOfEgress(info.toJson()) ?? []);
    },
  };
}

async function unlessOver(call: Promise<EgressInfo>): Promise<void> {
  try {
    await call;
  } catch (error) {
    // What has ended cannot be stopped: that is a failed precondition.
    const isOver = isServerError(error, ["not_found", "failed_precondition"]);
    if (!isOver) throw error;
  }
}

/** Without Redis a LiveKit has no way to an Egress (`livekit/pkg/rtc/egress.go#ErrEgressNotConnected`), and says so. */
async function unlessMissing(call: Promise<EgressInfo[]>): Promise<EgressInfo[] | null> {
  try {
    return await call;
  } catch (error) {
    if (isServerError(error, ["internal"]) && error.message.includes("egress not connected")) {
      return null;
    }
    throw error;
  }
}

function isServerError(error: unknown, codes: readonly string[]): error is ServerError {
  return error instanceof ServerError && codes.includes(error.code ?? "");
}
