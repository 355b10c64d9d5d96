import { createEffect, createMemo, on } from "solid-js";
import type { Media } from "../../media/createMedia.ts";
import type { Room } from "../../room/createRoom.ts";

/** Keeps the media told who the gateway says the teachers are. Lives as long as its owner. */
export function createTeachersTeller(room: Room, media: Media): void {
  const ids = createMemo(
    () => {
      const people = [...room.state().presence.values()];
      return people.flatMap((one) => (one.role === "teacher" ? [one.participantId] : []));
    },
    [],
    { equals: (left, right) => left.join() === right.join() },
  );
  // Nothing else is followed: the media change by being told, and would be told again, without end.
  createEffect(on(ids, (found) => media.setTeachers(new Set(found))));
}
