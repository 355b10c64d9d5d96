import type { RoomId } from "@darasa/protocol";
import type { Context } from "hono";
import type { ApiEnv } from "../../routing/apiEnv.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { loadTableLanguage } from "../loadTableLanguage.ts";
import { tableWords } from "../tableWords.ts";
import type { TermTable } from "./encodeTermFile.ts";
import { makeTermFile } from "./makeTermFile.ts";
import { readRoomTerm } from "./readRoomTerm.ts";

interface Export extends Pick<TermTable, "kind" | "timeZone"> {
  readonly roomId: RoomId;
  /** Epoch ms, as in `Stretch`. */
  readonly from: number;
  readonly to: number;
  readonly http: Context<ApiEnv>;
}

/**
 * The register of a term as a file in the caller's language, whose name the answer says. So many are made at a time
 * (`Services.termPlaces`), and none for somebody who has gone.
 * @throws DarasaError not_found, forbidden, unavailable when too many of the school wait
 */
export function exportTerm(
  services: Services,
  caller: UserCaller,
  { roomId, from, to, kind, timeZone, http }: Export,
): Promise<Uint8Array<ArrayBuffer>> {
  const { signal } = http.req.raw;
  const make = async () => {
    const read = await readRoomTerm(services, caller, { roomId, fromMs: from, toMs: to });
    const language = await services.database.inSchool(caller.schoolId, (tx) =>
      loadTableLanguage(tx, caller),
    );
    const name = `${tableWords[language].termFile}.${kind}`;
    http.header("Content-Disposition", `attachment; filename="${name}"`);
    return makeTermFile({ read, kind, language, timeZone }, signal);
  };
  return services.termPlaces.within(caller.schoolId, make, signal);
}
