import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { saveFile } from "../ui/saveFile.ts";

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
  saveFile(csv, `attendance-${liveClassId}.csv`);
}
