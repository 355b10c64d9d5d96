import { z } from "@hono/zod-openapi";
import { errorTable, type ErrorCode } from "@darasa/protocol";

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** How every refusal looks (RFC 9457), with a code of the one table. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string().optional(),
  })
  .openapi("Problem");
