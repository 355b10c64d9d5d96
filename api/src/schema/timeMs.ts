import { z } from "@hono/zod-openapi";
import { queryInteger } from "./queryInteger.ts";

const year2000Ms = 946_684_800_000;
const year2200Ms = 7_258_118_400_000;

/** A point in time in an answer: epoch milliseconds. */
export const timeMsSchema = z.int().openapi({ description: "Epoch milliseconds." });

/** A point in time in a body: a whole number of epoch milliseconds that a school could mean. */
export const timeMsInputSchema = z.int().min(year2000Ms).max(year2200Ms);

/** The same in a query string. */
export const timeMsQuerySchema = queryInteger(year2000Ms, year2200Ms);
