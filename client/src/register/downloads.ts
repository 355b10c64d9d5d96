import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import type { Stretch } from "./stretch.ts";

/** Tables have the times of this device's zone, and terms its days: IANA. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The register of a class as a file. @throws ApiProblem */
export function loadClassFile(id: string, kind: "csv" | "xlsx"): Promise<Blob> {
  const options = {
    params: { path: { id }, query: { timeZone: timeZone() } },
    parseAs: "blob",
  } as const;
  return kind === "csv"
    ? dataOf(api.GET("/api/live-classes/{id}/attendance.csv", options))
    : dataOf(api.GET("/api/live-classes/{id}/attendance.xlsx", options));
}

/** The register of a room over that stretch as a file. @throws ApiProblem */
export function loadTermFile(
  id: string,
  { fromMs, toMs }: Stretch,
  kind: "csv" | "xlsx",
): Promise<Blob> {
  const options = {
    params: { path: { id }, query: { from: fromMs, to: toMs, timeZone: timeZone() } },
    parseAs: "blob",
  } as const;
  return kind === "csv"
    ? dataOf(api.GET("/api/rooms/{id}/attendance.csv", options))
    : dataOf(api.GET("/api/rooms/{id}/attendance.xlsx", options));
}
