import { allowedSources, type MediaSeat } from "../media/mediaSeat.ts";
import type { Caller } from "../routing/access.ts";
import type { SeenLiveClass } from "./authorizeLiveClass.ts";

/** The caller's place in that class, as media servers are told of it. */
export function seatOf(caller: Caller, { row, role }: SeenLiveClass): MediaSeat {
  return {
    schoolId: caller.schoolId,
    liveClassId: row.id,
    participantId: caller.participantId,
    name: caller.name,
    role,
    sources: allowedSources({
      role,
      classSources: row.sources,
      ownSources: row.ownSources,
      isPresenter: row.isPresenter,
    }),
  };
}
