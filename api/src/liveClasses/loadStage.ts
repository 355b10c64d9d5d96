import { sql, type SchoolTransaction } from "@darasa/database";
import { trackKinds, videoProviders, type LiveClassId } from "@darasa/protocol";
import * as z from "zod";

const stageSchema = z.object({
  video: z.enum(videoProviders),
  presenter: z.string().nullable(),
  spotlight: z.string().nullable(),
  sources: z.array(z.enum(trackKinds)),
  recording: z.object({ state: z.enum(["on", "paused"]), sinceMs: z.number() }).nullable(),
});

/** What a class looks at and may send, as gateways are told of it. */
export function loadStage(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<z.infer<typeof stageSchema>> {
  return tx.one(sql.type(stageSchema)`
    select video_provider as video, presenter_id as presenter, spotlight_id as spotlight, sources,
      case when recording is not null then jsonb_build_object('state', recording,
        'sinceMs', (extract(epoch from recording_since) * 1000)::float8) end as recording
    from live_classes where live_class_id = ${id}`);
}
