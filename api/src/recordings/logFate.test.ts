import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { Secret } from "../secret.ts";
import { logFate } from "./logFate.ts";

test("the key of the storage is not in the log, even where the storage says it", () => {
  const lines: unknown[] = [];
  const operator = {
    log: (...line: unknown[]) => lines.push(line),
    config: { RECORDINGS_S3_SECRET_KEY: new Secret("sesame") },
  };
  const room = { schoolId: "school" as SchoolId, liveClassId: "class" as LiveClassId };
  const words = "EGRESS_FAILED: sesame is not the key";
  logFate(operator, room, { egressId: "EG_1", state: "lost", words });
  const egress = "EGRESS_FAILED: [secret] is not the key";
  const fields = { schoolId: "school", liveClassId: "class", egressId: "EG_1", egress };
  expect(lines).toEqual([["error", "a recording could not be saved", fields]]);
});
