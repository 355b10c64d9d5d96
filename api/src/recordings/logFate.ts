import type { Config } from "../config.ts";
import type { ToldEgress } from "../media/livekit/toldEgress.ts";
import type { MediaRoom } from "../media/mediaRoomName.ts";
import type { Services } from "../services.ts";

interface Operator extends Pick<Services, "log"> {
  readonly config: Pick<Config, "RECORDINGS_S3_SECRET_KEY">;
}

/**
 * Says to the operator what became of a file that did not end at our word, in the words of Egress: they alone can mend
 * its storage. The key of the storage is not in the line, whatever a storage answered.
 */
export function logFate(
  { log, config }: Operator,
  { schoolId, liveClassId }: MediaRoom,
  {
    egressId,
    state,
    words,
  }: Pick<ToldEgress, "state" | "words"> & { readonly egressId: string | null },
): void {
  if (words === null) return;
  const key = config.RECORDINGS_S3_SECRET_KEY;
  const egress = key ? words.replaceAll(key.reveal(), String(key)) : words;
  const fields = { schoolId, liveClassId, egressId, egress };
  if (state === "lost") log("error", "a recording could not be saved", fields);
  else log("warn", "a recording ended before its time", fields);
}
