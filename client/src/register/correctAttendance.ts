import { api, type Attendee } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import type { Verdict } from "./verdicts.ts";

/** Corrects somebody's verdict; null takes earlier corrections back. @throws ApiProblem */
export function correctAttendance(
  at: { readonly liveClassId: string; readonly participantId: string },
  body: { readonly verdict: Verdict | null; readonly reason: string },
): Promise<Attendee> {
  return dataOf(
    api.PATCH("/api/live-classes/{id}/attendance/{participantId}", {
      params: { path: { id: at.liveClassId, participantId: at.participantId } },
      body,
    }),
  );
}
