import { OpenAPIHono } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import type { Services } from "../services.ts";
import { operationRoutes } from "../operations/routes.ts";
import type { ApiEnv } from "./apiEnv.ts";
import { registerRoutes } from "./registerRoutes.ts";
import type { Route } from "./route.ts";

test("a route without a declared access does not boot", () => {
  const [route] = operationRoutes;
  const undeclared = { ...route, access: undefined } as unknown as Route;
  const app = new OpenAPIHono<ApiEnv>();
  const register = () =>
    registerRoutes(app, [undeclared], { services: {} as Services, guard: () => [] });
  expect(register).toThrow("get /livez declares no access");
  expect(app.routes).toEqual([]);
});
