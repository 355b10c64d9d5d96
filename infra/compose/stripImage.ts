import { fileURLToPath } from "node:url";
import { stripTypes } from "../local/stripTypes.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
await stripTypes(checkout, checkout);
