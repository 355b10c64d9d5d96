import { createEffect, createMemo, untrack } from "solid-js";
import type { Media } from "../../media/createMedia.ts";
import type { Room } from "../../room/createRoom.ts";

/**
 * Keeps the media in the engine that the class uses, by what the gateway says of its stage: also after a time without
 * a line. Board and chat know nothing of it. Lives as long as its owner.
 */
export function createEngineFollower(room: Room, media: Media): void {
  const video = createMemo(() => room.state().stage?.video ?? null);
  createEffect(() => {
    const kind = video();
    if (kind !== null) untrack(() => media.changeEngine(kind));
  });
}
