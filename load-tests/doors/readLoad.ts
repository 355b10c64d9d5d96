import { runOpenLoop, type LoadRequest } from "./openLoop.ts";
import { percentile } from "./percentile.ts";
import { treeSeconds } from "../compare/processCost.ts";

/** One rate of one kind of request. */
export interface ReadFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Processor time of the API per request. */
  readonly apiMicroseconds: number;
  readonly refused: number;
}

const seconds = 8;

/** Offers the rate for 8 s, spread over `people` so that nobody's own limit is met. */
export async function measureReads(
  apiPid: number,
  perSecond: number,
  make: (index: number) => LoadRequest,
): Promise<ReadFigures> {
  const before = treeSeconds([apiPid]);
  const result = await runOpenLoop({ perSecond, seconds }, make);
  const used = treeSeconds([apiPid]) - before;
  const answered = result.latenciesMs.length;
  return {
    perSecond: answered / result.seconds,
    p50Ms: percentile(result.latenciesMs, 0.5),
    p95Ms: percentile(result.latenciesMs, 0.95),
    apiMicroseconds: (used / answered) * 1e6,
    refused: answered - (result.statuses.get(200) ?? 0),
  };
}
