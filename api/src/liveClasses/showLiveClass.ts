import type { SeenLiveClass } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";

/** The class as the caller may see it: its code is for teachers and those let in, its PIN for teachers, while they open. */
export function showLiveClass({ row, role }: SeenLiveClass): LiveClass {
  const isInside = role === "teacher" || (row.admitted && !row.removed);
  return {
    id: row.id,
    roomId: row.roomId,
    roomName: row.roomName,
    title: row.title,
    code: isInside && row.status !== "ended" ? row.code : null,
    pin: role === "teacher" && row.status !== "ended" ? row.pin : null,
    status: row.status,
    startsAtMs: row.startsAtMs,
    startedAtMs: row.startedAtMs,
    endedAtMs: row.endedAtMs,
    endReason: row.endReason,
    videoProvider: row.videoProvider,
    recording: row.recording,
    role,
    teachers: row.teachers,
  };
}
