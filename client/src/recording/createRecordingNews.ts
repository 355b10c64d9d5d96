import { createEffect, createMemo, on, onCleanup } from "solid-js";
import { api, type Recording } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import type { Classroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { judgeEnd, type RecordingEnd } from "./judgeEnd.ts";

/** Whether its file is whole is known a while after it has ended. */
const lookAgainMs = 5_000;

/**
 * Tells a teacher in the class when its recording has ended by itself, or could not be saved: there is still time to
 * say something again. Lives as long as its owner.
 */
export function createRecordingNews({ room, joined }: Classroom): void {
  const tell = createTeller();
  const isRecorded = createMemo(() => Boolean(room.state().stage?.recording));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
  });

  async function look(): Promise<void> {
    // Without an answer it looks again.
    const newest = await loadNewest(joined.room.id, joined.liveClass.id).catch(() => null);
    if (isGone || isRecorded()) return;
    const end = newest ? judgeEnd(newest) : "saving";
    if (end === "saving") timer = setTimeout(() => void look(), lookAgainMs);
    else if (end !== null) tell(end);
  }

  createEffect(
    on(isRecorded, (is, was) => {
      clearTimeout(timer);
      if (was === true && !is && room.state().role === "teacher") void look();
    }),
  );
}

function createTeller(): (end: Exclude<RecordingEnd, "saving">) => void {
  const { t } = useI18n();
  const toasts = useToasts();
  return (end) => {
    if (end === "well") return;
    const tone = end === "brokeOff" ? "warning" : "danger";
    toasts.show({ text: t(`recording.${end}`), tone, assertive: true, stays: true });
  };
}

async function loadNewest(id: string, liveClassId: string): Promise<Recording | null> {
  const { recordings } = await dataOf(
    api.GET("/api/rooms/{id}/recordings", { params: { path: { id } } }),
  );
  return recordings.find((recording) => recording.liveClassId === liveClassId) ?? null;
}
