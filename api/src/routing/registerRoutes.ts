import { createRoute, type OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import type { Context, MiddlewareHandler } from "hono";
import { limitOf } from "../limits/rateLimiter.ts";
import type { Services } from "../services.ts";
import { isOpenToAnybody, type Access } from "./access.ts";
import type { ApiEnv } from "./apiEnv.ts";
import { EncodedJson } from "./encodedJson.ts";
import { problemSchema } from "./problemSchema.ts";
import { bytesSchema } from "../schema/bytes.ts";
import type { Route } from "./route.ts";

type RequestConfig = NonNullable<RouteConfig["request"]>;
type RawContent = NonNullable<RequestConfig["body"]>["content"];

/** Name of the bearer scheme in the OpenAPI document. */
export const bearerScheme = "accessToken";

/** Makes what stands before that route, in this order: who may, how often, how much. */
export type Guard = (route: Route) => readonly MiddlewareHandler<ApiEnv>[];

/**
 * Puts the routes on the app, each behind its guard; decoding comes after the guard.
 * Only this function registers routes that do something.
 * @throws TypeError at boot for a route without a declared access, or whose limit does not count its callers
 */
export function registerRoutes(
  app: OpenAPIHono<ApiEnv>,
  routes: readonly Route[],
  { services, guard }: { readonly services: Services; readonly guard: Guard },
): void {
  for (const route of routes) {
    checkDeclared(route);
    const middleware = [nameRoute(route), ...guard(route), requireMediaType(route)];
    app.openapi(
      createRoute({ ...describeRoute(route), middleware }),
      async (http) => reply(route, http, await call(route, services, http)),
      refuseInvalid,
    );
  }
}

function checkDeclared({ method, path, access, limit }: Route): void {
  if (!(access as Access | undefined)) throw new TypeError(`${method} ${path} declares no access`);
  if (limit !== "exempt") limitOf(limit, isOpenToAnybody(access) ? "address" : "person");
}

/** The route as OpenAPI tells it. */
export function describeRoute(route: Route): RouteConfig {
  return {
    method: route.method,
    path: route.path,
    summary: route.summary,
    ...(isOpenToAnybody(route.access) ? {} : { security: [{ [bearerScheme]: [] }] }),
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...describeBody(route),
    },
    responses: {
      ...(route.reply
        ? { 200: { description: "OK", content: { [route.replyType]: { schema: route.reply } } } }
        : { 204: { description: "Done" } }),
      default: {
        description: "Refused",
        content: { "application/problem+json": { schema: problemSchema } },
      },
    },
  };
}

function describeBody({ body, rawBody }: Route): Pick<RequestConfig, "body"> {
  if (rawBody) {
    const content = rawBody.map((type) => [type, { schema: bytesSchema }]);
    return { body: { required: true, content: Object.fromEntries(content) as RawContent } };
  }
  if (!body) return {};
  return { body: { required: true, content: { "application/json": { schema: body } } } };
}

function nameRoute(route: Route): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    http.set("routePath", route.path);
    await next();
  };
}

async function call(route: Route, services: Services, http: Context<ApiEnv>): Promise<unknown> {
  const valid = (target: "param" | "query" | "json"): unknown => http.req.valid(target as never);
  return route.run(services, {
    caller: http.get("caller"),
    params: valid("param"),
    query: valid("query"),
    body: valid("json"),
    bytes: await readBytes(route, http),
    http,
  });
}

/**
 * Refuses a body of another kind than the route takes, and none at all: it would be decoded as an empty one. Forms of
 * other sites, which cannot say that they are JSON, end here.
 */
function requireMediaType({ body, rawBody }: Route): MiddlewareHandler<ApiEnv> {
  const taken = rawBody ?? (body ? ["application/json"] : null);
  return async (http, next) => {
    const type = http.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
    if (taken && !taken.includes(type)) {
      throw new DarasaError("bad_request", { details: { detail: `send ${taken.join(" or ")}` } });
    }
    await next();
  };
}

/** The undecoded body of a route that wants it. */
async function readBytes({ rawBody }: Route, http: Context<ApiEnv>): Promise<Uint8Array> {
  return rawBody ? new Uint8Array(await http.req.arrayBuffer()) : new Uint8Array();
}

function reply(route: Route, http: Context<ApiEnv>, answer: unknown): Response {
  if (!http.res.headers.has("Cache-Control")) http.header("Cache-Control", "no-store");
  if (!route.reply) return http.body(null, 204);
  if (answer instanceof EncodedJson) {
    http.header("Content-Type", "application/json");
    return http.body(answer.bytes);
  }
  if (route.replyType === "application/json") return http.json(answer as object);
  if (!route.replyType.startsWith("text/")) {
    if (!http.res.headers.has("Content-Type")) http.header("Content-Type", route.replyType);
    return http.body(answer as Uint8Array<ArrayBuffer> | ReadableStream);
  }
  http.header("Content-Type", `${route.replyType}; charset=utf-8`);
  return http.body(String(answer));
}

/** A path that names nothing is not found; everything else is named field by field, never quoted. */
function refuseInvalid(result: {
  success: boolean;
  target: string;
  error?: z.ZodError;
}): undefined {
  if (result.success) return undefined;
  if (result.target === "param") throw new DarasaError("not_found");
  const issues = result.error?.issues ?? [];
  const detail = issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new DarasaError("bad_request", { details: { detail } });
}
