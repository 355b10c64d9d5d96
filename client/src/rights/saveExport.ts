import { api } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { saveFile } from "../ui/saveFile.ts";

/** Saves everything that the school keeps of that person; without an id, of oneself. @throws ApiProblem */
export async function saveExport(id?: string): Promise<void> {
  const zip = await dataOf(
    id === undefined
      ? api.GET("/api/me/export", { parseAs: "blob" })
      : api.GET("/api/people/{id}/export", { params: { path: { id } }, parseAs: "blob" }),
  );
  saveFile(zip, "darasa-data.zip");
}
