import { connectionModes, type ConnectionMode } from "@darasa/protocol";
import {
  addSample,
  isClean,
  isGood,
  isSevere,
  isThin,
  type Line,
  type LineSample,
} from "./judgeLine.ts";

/** How much of the class a person takes, what they wish, and what the line makes us propose. */
export interface LadderState {
  /** What the person chose: nothing above it is ever proposed. */
  readonly wanted: ConnectionMode;
  /** What they take now. */
  readonly mode: ConnectionMode;
  /** May a thin line take a step down by itself? Never up, and never below the sound. */
  readonly isAutomatic: boolean;
  /** What is proposed; null most of the time. */
  readonly suggestion: ConnectionMode | null;
  /** What was left by itself, until that is answered; null when nothing was. */
  readonly leftByItself: ConnectionMode | null;
  /** Since the mode was last another one. */
  readonly line: Line;
  /** The person has answered: until then nothing lower is proposed. */
  readonly quietUntilMs: number;
  /** So long must a line be good before more of it is asked; grows when that went wrong. */
  readonly upAfterMs: number;
  /** When the last step up was taken; null when none was. */
  readonly climbedAtMs: number | null;
}

/** Times are of a clock that nobody sets. */
export type LadderAction =
  | {
      readonly type: "measured";
      readonly sample: LineSample;
      /** Are any pictures on their way, one's own or another's? */
      readonly hasPictures: boolean;
    }
  | { readonly type: "chosen"; readonly mode: ConnectionMode; readonly atMs: number }
  | { readonly type: "accepted"; readonly atMs: number }
  | { readonly type: "declined"; readonly atMs: number }
  /** Back to what was left by itself. */
  | { readonly type: "undone"; readonly atMs: number }
  | { readonly type: "automatic"; readonly isAutomatic: boolean };

/** So long nothing lower is proposed to somebody who has said no. */
export const quietMs = 300_000;
export const shortestUpMs = 60_000;
const longestUpMs = 600_000;
/** A step down so soon after one up means that the step up was wrong. */
const wrongClimbMs = 120_000;
/** A proposal to step down goes when nothing was wrong for so long. */
const cleanMs = 20_000;

/** A ladder that knows nothing of its line yet. `mode` is never above `wanted`. */
export function initialLadder(start: {
  readonly wanted: ConnectionMode;
  readonly mode: ConnectionMode;
  readonly isAutomatic: boolean;
}): LadderState {
  return {
    ...start,
    suggestion: null,
    leftByItself: null,
    line: [],
    quietUntilMs: 0,
    upAfterMs: shortestUpMs,
    climbedAtMs: null,
  };
}

/** The ladder after `action`. Pure; the same object when nothing changed. */
export function reduceLadder(state: LadderState, action: LadderAction): LadderState {
  switch (action.type) {
    case "measured":
      return measured(state, action);
    case "chosen":
      return chosen(state, action);
    case "accepted":
      return state.suggestion === null ? state : moved(state, state.suggestion, action.atMs);
    case "declined":
      return declined(state, action.atMs);
    case "undone": {
      if (state.leftByItself === null) return state;
      const back = moved(state, state.leftByItself, action.atMs);
      return { ...back, quietUntilMs: action.atMs + quietMs, climbedAtMs: state.climbedAtMs };
    }
    case "automatic":
      return { ...state, isAutomatic: action.isAutomatic };
  }
}

/** Is `mode` further down than `other`? */
export function isBelow(mode: ConnectionMode, other: ConnectionMode): boolean {
  return connectionModes.indexOf(mode) > connectionModes.indexOf(other);
}

function chosen(
  state: LadderState,
  { mode, atMs }: Extract<LadderAction, { type: "chosen" }>,
): LadderState {
  const isDown = isBelow(mode, state.mode);
  return {
    ...state,
    wanted: mode,
    mode,
    suggestion: null,
    leftByItself: null,
    line: [],
    quietUntilMs: isDown ? state.quietUntilMs : atMs + quietMs,
    climbedAtMs: null,
  };
}

/** No to less is for now; no to more means that what one has is what one wants, however one came to it. */
function declined(state: LadderState, atMs: number): LadderState {
  if (state.suggestion === null) return state;
  const answered = { ...state, suggestion: null, line: [] };
  return isBelow(state.suggestion, state.mode)
    ? { ...answered, quietUntilMs: atMs + quietMs }
    : { ...answered, wanted: state.mode, leftByItself: null };
}

function measured(
  before: LadderState,
  { sample, hasPictures }: Extract<LadderAction, { type: "measured" }>,
): LadderState {
  const { atMs } = sample;
  const line = addSample(before.line, sample, before.upAfterMs);
  const state = { ...before, line };
  if (isThin(line, atMs)) return thinned(state, { atMs, hasPictures });
  if (state.suggestion !== null) return isOver(state, atMs) ? withdrawn(state) : state;
  if (isBelow(state.mode, state.wanted) && isGood(line, atMs, state.upAfterMs))
    return { ...state, suggestion: nextUp(state.mode) };
  return state;
}

function thinned(
  state: LadderState,
  { atMs, hasPictures }: { readonly atMs: number; readonly hasPictures: boolean },
): LadderState {
  const { suggestion, mode } = state;
  const target = lower(mode, { isSevere: isSevere(state.line, atMs), hasPictures });
  // What is proposed stays, unless the line has become too thin even for that.
  const isProposed = suggestion !== null && isBelow(suggestion, mode);
  if (isProposed && (target === null || !isBelow(target, suggestion))) return state;
  if (target === null || atMs < state.quietUntilMs) return withdrawn(state);
  if (!state.isAutomatic || target === "text") return { ...state, suggestion: target };
  return { ...moved(state, target, atMs), leftByItself: state.mode };
}

/** What a thinner line carries; null where going further down would help nobody. */
function lower(
  mode: ConnectionMode,
  line: { readonly isSevere: boolean; readonly hasPictures: boolean },
): ConnectionMode | null {
  switch (mode) {
    case "full":
    case "lite":
      if (!line.hasPictures) return line.isSevere ? "text" : null;
      return mode === "full" && !line.isSevere ? "lite" : "audio";
    case "audio":
      return line.isSevere ? "text" : null;
    case "text":
      return null;
  }
}

function nextUp(mode: ConnectionMode): ConnectionMode {
  return connectionModes[connectionModes.indexOf(mode) - 1] ?? mode;
}

/** Has the reason for the proposal gone? */
function isOver({ suggestion, mode, line }: LadderState, atMs: number): boolean {
  if (suggestion === null) return false;
  return isBelow(suggestion, mode) && isClean(line, atMs, cleanMs);
}

function withdrawn(state: LadderState): LadderState {
  return state.suggestion === null ? state : { ...state, suggestion: null };
}

function moved(state: LadderState, mode: ConnectionMode, atMs: number): LadderState {
  const isDown = isBelow(mode, state.mode);
  const wasWrong = isDown && state.climbedAtMs !== null && atMs - state.climbedAtMs < wrongClimbMs;
  return {
    ...state,
    mode,
    suggestion: null,
    leftByItself: null,
    line: [],
    upAfterMs: wasWrong ? Math.min(longestUpMs, state.upAfterMs * 2) : state.upAfterMs,
    climbedAtMs: isDown ? null : atMs,
  };
}
