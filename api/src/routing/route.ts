import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Services } from "../services.ts";
import type { Access, Caller, CallerOf } from "./access.ts";
import type { ApiEnv } from "./apiEnv.ts";
import type { EncodedJson } from "./encodedJson.ts";
import type { RouteLimit } from "./routeLimit.ts";

/** Enough for every JSON body that people make by hand. */
export const defaultMaxBodyBytes = 64 * 1024;

type Absent = z.ZodUndefined;

/** What a handler gives back; nothing at all for a route without a reply. */
type ReplyOf<R extends z.ZodType> = R extends Absent
  ? Nothing
  : z.input<R> | EncodedJson<z.input<R>>;
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- an async function without a return gives void
type Nothing = void;

/** The methods that a route can have. */
export type Method = "get" | "post" | "put" | "patch" | "delete";

/**
 * Texts are sent with their charset; of all but JSON and texts a handler gives the bytes (`bytesSchema`), and of
 * `image/*` it says which kind by its own `Content-Type`.
 */
export type ReplyType =
  | "application/json"
  | "text/csv"
  | "text/plain"
  | "application/zip"
  | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  | "image/png"
  | "image/webp"
  | "image/*"
  | "video/mp4";

/** What a handler is given: everything decoded, the caller as its access promises. */
export interface RouteRequest<A extends Access, Params, Query, Body> {
  readonly caller: CallerOf<A>;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The body as it came, for a route with `rawBody`; empty for all others. */
  readonly bytes: Uint8Array;
  /** For headers and cookies of the answer; handlers read their input from the fields above. */
  readonly http: Context<ApiEnv>;
}

/** One route as it is written down: who, where, what comes in, what goes out, and the verb that does it. */
export interface RouteSpec<
  A extends Access,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  readonly method: Method;
  readonly path: `/${string}`;
  /** Without it a route cannot be written: nothing is open by accident. */
  readonly access: A;
  readonly summary: string;
  readonly params?: P & z.ZodObject;
  readonly query?: Q & z.ZodObject;
  readonly body?: B;
  /** In place of `body`: the media types that are taken as `bytes`, undecoded. */
  readonly rawBody?: readonly string[];
  /** What a body may measure; 64 KiB when the route does not say. */
  readonly maxBodyBytes?: number;
  /** How often it may be asked for; `read` or `write`, by the method, when the route does not say. */
  readonly limit?: RouteLimit;
  /** Absent: 204 without a body. */
  readonly reply?: R;
  readonly replyType?: ReplyType;
  handle(
    services: Services,
    request: RouteRequest<A, z.output<P>, z.output<Q>, z.output<B>>,
  ): Promise<ReplyOf<R>>;
}

/** A route with its types erased, as the app registers it. */
export interface Route {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly access: Access;
  readonly summary: string;
  readonly params: z.ZodObject | undefined;
  readonly query: z.ZodObject | undefined;
  readonly body: z.ZodType | undefined;
  readonly rawBody: readonly string[] | undefined;
  readonly maxBodyBytes: number;
  readonly limit: RouteLimit;
  readonly reply: z.ZodType | undefined;
  readonly replyType: ReplyType;
  run(services: Services, request: ErasedRequest): Promise<unknown>;
}

interface ErasedRequest {
  readonly caller: Caller | null;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bytes: Uint8Array;
  readonly http: Context<ApiEnv>;
}

/** Writes a route down. The types of the handler follow from the schemas and the access. */
export function route<
  A extends Access,
  P extends z.ZodType = Absent,
  Q extends z.ZodType = Absent,
  B extends z.ZodType = Absent,
  R extends z.ZodType = Absent,
>(spec: RouteSpec<A, P, Q, B, R>): Route {
  type Request = RouteRequest<A, z.output<P>, z.output<Q>, z.output<B>>;
  return {
    method: spec.method,
    path: spec.path,
    access: spec.access,
    summary: spec.summary,
    params: spec.params,
    query: spec.query,
    body: spec.body,
    rawBody: spec.rawBody,
    maxBodyBytes: spec.maxBodyBytes ?? defaultMaxBodyBytes,
    limit: spec.limit ?? (spec.method === "get" ? "read" : "write"),
    reply: spec.reply,
    replyType: spec.replyType ?? "application/json",
    // registerRoutes has decoded by these same schemas and checked this same access.
    run: async (services, request) => spec.handle(services, request as Request),
  };
}
