import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";

/**
 * Saves the register as the server writes it, with the times of this device's zone. The download needs the
 * access token, which a plain link could not carry. @throws ApiProblem
 */
export async function downloadCsv(liveClassId: string): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const csv = await dataOf(
    api.GET("/api/live-classes/{id}/attendance.csv", {
      params: { path: { id: liveClassId }, query: { timeZone } },
      parseAs: "blob",
    }),
  );
  const url = URL.createObjectURL(csv);
  const link = document.createElement("a");
  link.href = url;
  link.download = `attendance-${liveClassId}.csv`;
  link.click();
  // The browser has taken the bytes by the time its task is done.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
