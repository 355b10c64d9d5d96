import { OpenAPIHono } from "@hono/zod-openapi";
import { allRoutes } from "./allRoutes.ts";
import { bearerScheme, describeRoute } from "./routing/registerRoutes.ts";

/** The OpenAPI 3.1 document of the whole API. Needs neither a database nor settings. */
export function describeApi(): object {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", bearerScheme, {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  for (const route of allRoutes) registry.registerPath(describeRoute(route));
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Darasa",
      version: "1",
      description:
        "Errors are application/problem+json with a code of one table. Ids are lower-case UUIDs, times epoch milliseconds.",
    },
  });
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(describeApi(), null, 2)}\n`);
