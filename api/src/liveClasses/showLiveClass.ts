import type { SeenLiveClass } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";

/** The class as the caller may see it: the code is for teachers and those who were let in, while it opens. */
export function showLiveClass({ row, role }: SeenLiveClass): LiveClass {
  const isInside = role === "teacher" || (row.admitted && !row.removed);
  return {
    id: row.id,
    roomId: row.roomId,
    roomName: row.roomName,
    title: row.title,
    code: isInside && row.status !== "ended" ? row.code : null,
    status: row.status,
    startsAtMs: row.startsAtMs,
    startedAtMs: row.startedAtMs,
    endedAtMs: row.endedAtMs,
    endReason: row.endReason,
    videoProvider: row.videoProvider,
    role,
    teachers: row.teachers,
  };
}
