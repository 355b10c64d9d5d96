import { api, type LiveClass, type Room } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { startOfDay } from "./groupClasses.ts";

/** What the start page shows. */
export interface Day {
  readonly rooms: readonly Room[];
  readonly liveClasses: readonly LiveClass[];
  readonly loadedAtMs: number;
}

const daysAhead = 8;

/** The person's rooms, and their live classes from this morning to a week ahead. @throws ApiProblem */
export async function loadDay(nowMs: number): Promise<Day> {
  const query = { from: startOfDay(nowMs, 0), to: startOfDay(nowMs, daysAhead) };
  const [{ rooms }, { liveClasses }] = await Promise.all([
    dataOf(api.GET("/api/rooms")),
    dataOf(api.GET("/api/live-classes", { params: { query } })),
  ]);
  return { rooms, liveClasses, loadedAtMs: nowMs };
}
