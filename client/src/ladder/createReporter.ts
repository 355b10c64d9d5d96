import type { ConnectionMode, ConnectionQuality } from "@darasa/protocol";
import { onCleanup } from "solid-js";
import type { Room } from "../room/createRoom.ts";
import { isHall } from "../room/reduceRoom.ts";
import type { Activity } from "./createActivity.ts";
import { addSample, thinWindowMs, type Line, type LineSample } from "./judgeLine.ts";
import { isReportDue, nextQuality, type Reported } from "./reduceReport.ts";

/** What was measured of one's line just now. */
export interface Measurement {
  readonly sample: LineSample;
  readonly mode: ConnectionMode;
  /** Nothing comes through for now, whatever was measured. */
  readonly isLost: boolean;
}

/** Tells the teachers how one is connected (SPEC Q1). */
export interface Reporter {
  readonly measured: (measurement: Measurement) => void;
  /** How long the last report took to the gateway and back, in ms; null before the first. */
  readonly gatewayRoundTripMs: () => number | null;
}

/** Lives as long as its owner. `steadyMs` is the clock of the samples. */
export function createReporter(
  room: Pick<Room, "state" | "commands" | "onJoined">,
  { activity, steadyMs }: { readonly activity: Activity; readonly steadyMs: () => number },
): Reporter {
  let line: Line = [];
  let quality: ConnectionQuality = "good";
  let last: Reported | null = null;
  let roundTripMs: number | null = null;

  async function tell({ sample, mode }: Measurement): Promise<void> {
    const sentAtMs = steadyMs();
    try {
      await room.commands.reportConnection({
        mode,
        quality,
        roundTripMs: sample.roundTripMs === null ? null : clamp(Math.round(sample.roundTripMs)),
        lossFraction: sample.lossFraction === null ? null : Math.min(1, sample.lossFraction),
        isActive: activity.take(),
      });
      roundTripMs = steadyMs() - sentAtMs;
    } catch {
      // Without a connection there is nobody to tell: after the next join it is told anew.
    }
  }

  onCleanup(room.onJoined(() => (last = null)));
  return {
    gatewayRoundTripMs: () => roundTripMs,
    measured: (measurement) => {
      const { sample, mode, isLost } = measurement;
      line = addSample(line, sample, thinWindowMs);
      quality = nextQuality(quality, { line, isLost, atMs: sample.atMs });
      const state = room.state();
      const now: Reported = { atMs: sample.atMs, mode, quality };
      if (state.status.name !== "joined" || isHall(state) || !isReportDue(last, now)) return;
      last = now;
      void tell(measurement);
    },
  };
}

/** The most that a report may say (`decodeClientMessage`). */
function clamp(roundTripMs: number): number {
  return Math.min(60_000, Math.max(0, roundTripMs));
}
