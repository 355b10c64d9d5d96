import { recordAudit, type SchoolTransaction, sql } from "@darasa/database";
import { DarasaError, type ParticipantId } from "@darasa/protocol";
import * as z from "zod";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { encodeZip } from "./encodeZip.ts";
import { makeExportFiles } from "./exportFiles.ts";

/**
 * Everything that the school keeps about a person, as a zip that is made while it is read: memory holds one page of
 * it. It is audited before the first byte, and of one person one runs at a time.
 * @throws DarasaError not_found, rate_limited
 */
export async function exportPerson(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<ReadableStream<Uint8Array>> {
  const { database, exports, now } = services;
  const leave = exports.enter(id);
  try {
    const pictureId = await database.inSchool(caller.schoolId, async (tx) => {
      const person = await loadExported(tx, id);
      if (!person) throw new DarasaError("not_found");
      await recordAudit(tx, {
        actor: caller,
        action: "user.exported",
        subject: { kind: "user", id },
      });
      return person.pictureId;
    });
    const files = makeExportFiles({
      participantId: id,
      pictureId,
      nowMs: now(),
      inSchool: (work) => database.inSchool(caller.schoolId, work),
    });
    return streamOf(encodeZip(files, now()), leave);
  } catch (error) {
    leave();
    throw error;
  }
}

const exportedSchema = z.object({ pictureId: z.string().nullable() });

function loadExported(
  tx: SchoolTransaction,
  id: ParticipantId,
): Promise<z.infer<typeof exportedSchema> | null> {
  return tx.maybeOne(sql.type(exportedSchema)`
    select picture_id as "pictureId" from users where user_id = ${id} and erased_at is null`);
}

/** The bytes as fast as they are read; `ended` is called once, however it ends. */
function streamOf(
  bytes: AsyncGenerator<Uint8Array>,
  ended: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await bytes.next();
        if (!next.done) {
          controller.enqueue(next.value);
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      ended();
    },
    async cancel() {
      ended();
      await bytes.return(undefined);
    },
  });
}
