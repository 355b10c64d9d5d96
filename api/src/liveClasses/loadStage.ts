import { sql, type SchoolTransaction } from "@darasa/database";
import { trackKinds, videoProviders, type LiveClassId } from "@darasa/protocol";
import * as z from "zod";

const stageSchema = z.object({
  video: z.enum(videoProviders),
  presenter: z.string().nullable(),
  spotlight: z.string().nullable(),
  sources: z.array(z.enum(trackKinds)),
});

/** What a class looks at and may send, as gateways are told of it. */
export function loadStage(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<z.infer<typeof stageSchema>> {
  return tx.one(sql.type(stageSchema)`
    select video_provider as video, presenter_id as presenter, spotlight_id as spotlight, sources
    from live_classes where live_class_id = ${id}`);
}
