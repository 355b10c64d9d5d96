import { writeFileSync } from "node:fs";
import { clientSchemaFile, renderClientSchema } from "./renderClientSchema.ts";

writeFileSync(clientSchemaFile, renderClientSchema());
