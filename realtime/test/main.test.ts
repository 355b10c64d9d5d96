import { createTestDatabase, type TestDatabase } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGatewayProcess } from "./support/gatewayProcess.ts";

let db: TestDatabase;
beforeAll(async () => (db = await createTestDatabase()));
afterAll(() => db.drop());

test.each([
  ["appUrl", "ownerUrl"],
  ["writerUrl", "ownerUrl"],
  ["writerUrl", "superuserUrl"],
] as const)("refuses as %s the %s, which sees all schools", async (setting, wrong) => {
  const { appUrl, writerUrl } = db;
  const started = startGatewayProcess({ appUrl, writerUrl, [setting]: db[wrong] });
  await expect(started).rejects.toThrow("does not keep schools apart");
});
