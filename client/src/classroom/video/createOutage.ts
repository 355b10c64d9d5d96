import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import type { MediaState } from "../../media/createMedia.ts";
import { ownRights } from "../../room/reduceRoom.ts";
import type { Classroom } from "../ClassroomContext.tsx";
import { hasLostServer, outagePatienceMs } from "./hasLostServer.ts";

export type VideoChoices = components["schemas"]["VideoChoices"];

/** A server that answers us, but not this device, is no use to it either. */
const unreachedMs = 15_000;
const askAgainMs = 3_000;

/** What is wrong with the video server of a class, and what there is instead. */
export interface Outage {
  /** Nobody reaches it; or this device does not; null as long as it works or that is not known. */
  readonly kind: "down" | "unreached";
  /** For teachers, who may choose: those that work, without the present one. */
  readonly others: VideoChoices["choices"];
}

/** Whether the class's video server is away, for as long as it is. Lives as long as its owner. */
export function createOutage({
  joined,
  room,
  media,
}: Pick<Classroom, "joined" | "room" | "media">): Accessor<Outage | null> {
  const isLost = createMemo(() => hasLostServer(media.state));
  const patienceMs = createMemo(() => outagePatienceMs(media.state));
  const isLate = createDelayed(isLost, patienceMs);
  const isUnreached = createDelayed(isLost, () => unreachedMs);
  const mayChoose = () => ownRights(room.state()).moderate;
  const choices = createChoices(joined.liveClass.id, () => isLate() && mayChoose());
  return createMemo((): Outage | null => {
    if (!isLate()) return null;
    if (!mayChoose()) return { kind: "down", others: [] };
    const found = choices();
    if (found === null) return null;
    const { provider } = media.state;
    const isDown = !found.choices.some((choice) => choice.provider === provider && choice.isUp);
    const others = found.choices.filter((choice) => choice.provider !== provider && choice.isUp);
    if (isDown) return { kind: "down", others };
    return isUnreached() ? { kind: "unreached", others } : null;
  });
}

/** Asked again and again while they are wanted: null before the first answer. */
function createChoices(id: string, isWanted: () => boolean): Accessor<VideoChoices | null> {
  const [choices, setChoices] = createSignal<VideoChoices | null>(null);
  createEffect(() => {
    if (!isWanted()) {
      setChoices(null);
      return;
    }
    let isOver = false;
    const ask = async (): Promise<void> => {
      const found = await loadVideoChoices(id).catch(() => null);
      if (!isOver && found !== null) setChoices(found);
    };
    void ask();
    const timer = setInterval(() => void ask(), askAgainMs);
    onCleanup(() => {
      isOver = true;
      clearInterval(timer);
    });
  });
  return choices;
}

/** What a class could be seen and heard through, as its teacher may choose. @throws ApiProblem */
export function loadVideoChoices(id: string): Promise<VideoChoices> {
  return dataOf(api.GET("/api/live-classes/{id}/video", { params: { path: { id } } }));
}

/** Has the whole class go over to that provider. @throws ApiProblem */
export async function chooseVideo(
  id: string,
  videoProvider: MediaState["provider"],
): Promise<void> {
  const params = { path: { id } };
  await dataOf(api.PATCH("/api/live-classes/{id}", { params, body: { videoProvider } }));
}

/** True once `source` has been true for so long; false as soon as it is. */
function createDelayed(source: () => boolean, delayMs: () => number): () => boolean {
  const [isLate, setIsLate] = createSignal(false);
  createEffect(() => {
    if (!source()) {
      setIsLate(false);
      return;
    }
    const timer = setTimeout(() => setIsLate(true), delayMs());
    onCleanup(() => clearTimeout(timer));
  });
  return () => source() && isLate();
}
