import type { Room } from "livekit-client";
import { createConnectionMeter, type ConnectionMeter } from "../connectionMeter.ts";
import { addStatistics, costOf, noStatistics, type MediaStatistics } from "../statistics.ts";

/** A connection of LiveKit's, as far as it can be measured. */
interface Transport {
  getStats(): Promise<RTCStatsReport> | undefined;
}

/** Reads what a room has cost so far, over all connections that it had one after the other. */
export function createRoomStatistics(room: Room): () => Promise<MediaStatistics> {
  const meters = new Map<Transport, { readonly meter: ConnectionMeter; last: MediaStatistics }>();
  return async () => {
    const manager = (room.engine as Room["engine"] | undefined)?.pcManager;
    const open: Transport[] = [manager?.publisher, manager?.subscriber].filter(
      (transport) => transport !== undefined,
    );
    for (const transport of open)
      if (!meters.has(transport))
        meters.set(transport, { meter: createConnectionMeter(), last: noStatistics });
    let total = noStatistics;
    for (const [transport, measured] of meters) {
      const report = open.includes(transport) ? await readReport(transport) : undefined;
      measured.last = report === undefined ? costOf(measured.last) : measured.meter.read(report);
      total = addStatistics(total, measured.last);
    }
    return total;
  };
}

async function readReport(transport: Transport): Promise<RTCStatsReport | undefined> {
  try {
    return await transport.getStats();
  } catch {
    // Closed while it was asked.
    return undefined;
  }
}
