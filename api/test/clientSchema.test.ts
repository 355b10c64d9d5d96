import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clientSchemaFile, renderClientSchema } from "./renderClientSchema.ts";

test("the client's types of the API are those of the routes (npm run openapi -w api)", () => {
  expect(readFileSync(clientSchemaFile, "utf8") === renderClientSchema()).toBe(true);
});
