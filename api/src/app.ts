import { OpenAPIHono } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import { bodyLimit } from "hono/body-limit";
import { allRoutes } from "./allRoutes.ts";
import { makeClientFiles } from "./clientFiles/clientFiles.ts";
import { serveClient } from "./clientFiles/serveClient.ts";
import { mediaOrigins } from "./media/mediaOrigins.ts";
import { classPageOrigins } from "./media/own/classPageOrigins.ts";
import { allowOrigins } from "./middleware/allowOrigins.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { identifyRequest } from "./middleware/identifyRequest.ts";
import { limitRequests } from "./middleware/limitRequests.ts";
import { measureRequest } from "./middleware/measureRequest.ts";
import { answerProblem } from "./middleware/problem.ts";
import { refuseMethod, refuseStrangeMethods } from "./middleware/refuseMethod.ts";
import { securityHeaders } from "./middleware/securityHeaders.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import { describeApi } from "./openapi.ts";
import { listAllowedMethods } from "./routing/allowedMethods.ts";
import type { ApiEnv } from "./routing/apiEnv.ts";
import { registerRoutes } from "./routing/registerRoutes.ts";
import { defaultMaxBodyBytes, type Route } from "./routing/route.ts";
import type { Services } from "./services.ts";

const documentPath = "/api/openapi.json";

/** The whole HTTP surface, without listening: the server and the tests call its `fetch`. */
export function createApp(services: Services): OpenAPIHono<ApiEnv> {
  const { config } = services;
  const app = new OpenAPIHono<ApiEnv>();
  const isHttpsPromised = config.PUBLIC_URL?.startsWith("https:") === true;
  app.use(identifyRequest(services, makeTrustedProxies(config.TRUSTED_PROXIES)));
  app.use(
    securityHeaders({
      isHttpsPromised,
      media: mediaOrigins(config),
      mediaAt: (path) => classPageOrigins(services, path),
    }),
  );
  app.use(measureRequest(services));
  app.use("/api/*", allowOrigins(config.CORS_ORIGINS));
  app.use(refuseStrangeMethods);

  // Fixed paths first: none of them is somebody's id of another.
  const allowed = [...listAllowedMethods(allRoutes), [documentPath, "GET, HEAD, OPTIONS"] as const];
  const refuseAt = ([path, allow]: readonly [string, string]) =>
    app.all(routingPath(path), refuseMethod(services, path, allow));
  allowed.filter(([path]) => !path.includes("{")).forEach(refuseAt);
  const guard = ({ access, limit, maxBodyBytes }: Route) => [
    authenticate(services, access),
    limitRequests(services, limit),
    limitBody(maxBodyBytes),
  ];
  registerRoutes(app, allRoutes, { services, guard });
  allowed.filter(([path]) => path.includes("{")).forEach(refuseAt);

  // Whatever is no route: the client's files, and what nobody answers.
  app.use(limitRequests(services, "files"), limitBody(defaultMaxBodyBytes));
  const document = describeApi();
  app.get(documentPath, (http) => {
    http.set("routePath", documentPath);
    return http.json(document);
  });
  app.get("*", serveClient(makeClientFiles(config.CLIENT_DIR)));

  app.notFound(() => {
    throw new DarasaError("not_found");
  });
  app.onError(answerProblem(services));
  return app;
}

/** A path of OpenAPI as Hono matches it. */
function routingPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function limitBody(maxSize: number) {
  return bodyLimit({ maxSize, onError: refuseTooLarge });
}

function refuseTooLarge(): never {
  throw new DarasaError("too_large");
}
