import { sql } from "@darasa/database";
import type { Services } from "../services.ts";
import type { MediaRoom } from "./mediaRoomName.ts";

/** A class that ended so long ago is nobody's concern any more, whatever its media server does. */
const givenUpMs = 24 * 3_600_000;

/**
 * Gives a class that is over, but not for longer than `forMs`, back to whoever claims next: its media server is asked
 * once more. Of one that runs nothing has to be said, since it is always asked again.
 */
export async function askAgain(
  { database }: Pick<Services, "database">,
  { schoolId, liveClassId }: MediaRoom,
  forMs = givenUpMs,
): Promise<void> {
  await database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update live_classes set media_asked_at = '-infinity'
      where live_class_id = ${liveClassId} and status = 'ended'
        and ended_at > now() - make_interval(secs => ${forMs / 1000})`),
  );
}
