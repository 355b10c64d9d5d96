import type { ConnectionMode, LiveClassId } from "@darasa/protocol";
import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import type { Environment } from "../connection/environment.ts";
import type { Media } from "../media/createMedia.ts";
import { noStatistics } from "../media/statistics.ts";
import type { Room } from "../room/createRoom.ts";
import type { Activity } from "./createActivity.ts";
import { countDownloads } from "./countDownloads.ts";
import type { Traffic } from "./countTraffic.ts";
import { createReporter } from "./createReporter.ts";
import { hasMedia, hasPictures, isMediaLost } from "./mediaLine.ts";
import { addDataUse, noDataUse, type DataUse } from "./reduceDataUse.ts";
import { initialLadder, isBelow, reduceLadder, type LadderState } from "./reduceLadder.ts";
import {
  loadLadderChoice,
  loadLadderProgress,
  storeLadderChoice,
  storeLadderProgress,
} from "./rememberedLadder.ts";

/** How much of the class one takes, what that costs, and the ways to change it. */
export interface Ladder {
  readonly state: Accessor<LadderState>;
  readonly use: Accessor<DataUse>;
  /** The person's own choice; remembered on this device. */
  readonly choose: (mode: ConnectionMode) => void;
  readonly accept: () => void;
  readonly decline: () => void;
  /** Takes back the step that a thin line took by itself. */
  readonly undo: () => void;
  /** Remembered on this device. */
  readonly setAutomatic: (isAutomatic: boolean) => void;
  /** Does the person look at the choice? */
  readonly isOpen: Accessor<boolean>;
  readonly setOpen: (isOpen: boolean) => void;
}

export interface LadderParts {
  readonly room: Room;
  readonly media: Media;
  readonly activity: Activity;
  readonly traffic: Pick<Traffic, "bytes">;
  readonly liveClassId: LiveClassId;
  readonly environment: Pick<Environment, "steadyMs" | "after">;
}

/** A line is looked at so often. */
const measureEveryMs = 2_000;

/** The ladder as this device and this tab left it. */
export function startLadder(liveClassId: LiveClassId): LadderState {
  const { wanted, isAutomatic } = loadLadderChoice(device);
  const mode = loadLadderProgress(tab, liveClassId)?.mode ?? wanted;
  return initialLadder({ wanted, isAutomatic, mode: isBelow(mode, wanted) ? mode : wanted });
}

/** Keeps to the ladder, measures the line and tells of it, for as long as its owner lives. */
export function createLadder(start: LadderState, parts: LadderParts): Ladder {
  const { media, liveClassId, environment } = parts;
  const [state, setState] = createSignal(start);
  const [use, setUse] = createSignal(loadLadderProgress(tab, liveClassId)?.use ?? noDataUse);
  const [isOpen, setOpen] = createSignal(false);
  const mode = (): ConnectionMode => state().mode;
  const dispatch = (action: Parameters<typeof reduceLadder>[1]): void =>
    void setState((before) => reduceLadder(before, action));
  const now = (): { readonly atMs: number } => ({ atMs: environment.steadyMs() });
  const remember = (): void => {
    const { wanted, isAutomatic } = state();
    storeLadderChoice(device, { wanted, isAutomatic });
  };

  createEffect(on(mode, (to) => media.setMode(to)));
  measureAgainAndAgain(parts, {
    state,
    spent: (more) =>
      storeLadderProgress(tab, liveClassId, {
        mode: mode(),
        use: setUse((before) => addDataUse(before, more)),
      }),
    measured: (sample) =>
      dispatch({ type: "measured", sample, hasPictures: hasPictures(media.state) }),
  });

  return {
    state,
    use,
    choose: (to) => {
      dispatch({ type: "chosen", mode: to, ...now() });
      remember();
    },
    accept: () => dispatch({ type: "accepted", ...now() }),
    decline: () => dispatch({ type: "declined", ...now() }),
    undo: () => dispatch({ type: "undone", ...now() }),
    setAutomatic: (isAutomatic) => {
      dispatch({ type: "automatic", isAutomatic });
      remember();
    },
    isOpen,
    setOpen: (open) => void setOpen(open),
  };
}

interface Hearers {
  readonly state: Accessor<LadderState>;
  readonly spent: (more: Parameters<typeof addDataUse>[1]) => void;
  readonly measured: (sample: LadderState["line"][number]) => void;
}

function measureAgainAndAgain(parts: LadderParts, { state, spent, measured }: Hearers): void {
  const { room, media, activity, traffic, environment } = parts;
  const { steadyMs, after } = environment;
  const reporter = createReporter(room, { activity, steadyMs });
  const downloads = countDownloads();
  let before = { ...noStatistics, socketBytes: 0, downloadedBytes: 0, atMs: steadyMs() };
  let isOver = false;
  let cancel = (): void => undefined;

  async function measure(): Promise<void> {
    const { mode } = state();
    const read = await media.statistics();
    if (isOver) return;
    const atMs = steadyMs();
    const line = { socketBytes: traffic.bytes(), downloadedBytes: downloads.bytes() };
    const after = { ...read, ...line, atMs };
    const mediaBytes = grown(before, after, "bytesSent") + grown(before, after, "bytesReceived");
    spent({
      mode,
      ms: atMs - before.atMs,
      bytes: mediaBytes + grown(before, after, "socketBytes"),
      loadedBytes: grown(before, after, "downloadedBytes"),
    });
    before = after;
    const isShut = !hasMedia(media.state);
    const isOut = isShut || mode === "text";
    const isAway = room.connection.state().name !== "open";
    const sample = isOut
      ? { atMs, roundTripMs: reporter.gatewayRoundTripMs(), lossFraction: isAway ? 1 : 0 }
      : { atMs, roundTripMs: read.roundTripMs, lossFraction: read.lossFraction };
    const isLost = !isOut && isMediaLost(media.state);
    if (!isShut) measured(isLost ? { ...sample, lossFraction: 1 } : sample);
    reporter.measured({ sample, isLost, mode: isOut ? "text" : mode });
  }

  function again(): void {
    const next = (): void => {
      if (!isOver) cancel = after(measureEveryMs, again);
    };
    // An engine that could not be asked is asked again.
    measure().then(next, next);
  }

  again();
  onCleanup(() => {
    isOver = true;
    cancel();
    downloads.stop();
  });
}

/** A count never goes back; where it seems to, it began anew. */
function grown<Key extends string>(
  before: Readonly<Record<Key, number>>,
  after: Readonly<Record<Key, number>>,
  key: Key,
): number {
  return Math.max(0, after[key] - before[key]);
}

function device(): Storage {
  return localStorage;
}

function tab(): Storage {
  return sessionStorage;
}
