import { OpenAPIHono } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import { bodyLimit } from "hono/body-limit";
import { allRoutes } from "./allRoutes.ts";
import { makeClientFiles } from "./clientFiles/clientFiles.ts";
import { serveClient } from "./clientFiles/serveClient.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { identifyRequest } from "./middleware/identifyRequest.ts";
import { limitRequests } from "./middleware/limitRequests.ts";
import { measureRequest } from "./middleware/measureRequest.ts";
import { answerProblem } from "./middleware/problem.ts";
import { securityHeaders } from "./middleware/securityHeaders.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import { describeApi } from "./openapi.ts";
import type { ApiEnv } from "./routing/apiEnv.ts";
import { registerRoutes } from "./routing/registerRoutes.ts";
import { defaultMaxBodyBytes, type Route } from "./routing/route.ts";
import type { Services } from "./services.ts";

/** The whole HTTP surface, without listening: the server and the tests call its `fetch`. */
export function createApp(services: Services): OpenAPIHono<ApiEnv> {
  const { config } = services;
  const app = new OpenAPIHono<ApiEnv>();
  const isHttpsPromised = config.PUBLIC_URL?.startsWith("https:") === true;
  app.use(identifyRequest(services, makeTrustedProxies(config.TRUSTED_PROXIES)));
  app.use(securityHeaders(isHttpsPromised));
  app.use(measureRequest(services));

  const guard = ({ access, limit, maxBodyBytes }: Route) => [
    authenticate(services, access),
    limitRequests(services, limit),
    limitBody(maxBodyBytes),
  ];
  registerRoutes(app, allRoutes, { services, guard });

  // Whatever is no route: the client's files, and paths that name nothing.
  app.use(limitRequests(services, "files"), limitBody(defaultMaxBodyBytes));

  const document = describeApi();
  app.get("/api/openapi.json", (http) => {
    http.set("routePath", "/api/openapi.json");
    return http.json(document);
  });
  app.get("*", serveClient(makeClientFiles(config.CLIENT_DIR)));

  app.notFound(() => {
    throw new DarasaError("not_found");
  });
  app.onError(answerProblem(services));
  return app;
}

function limitBody(maxSize: number) {
  return bodyLimit({ maxSize, onError: refuseTooLarge });
}

function refuseTooLarge(): never {
  throw new DarasaError("too_large");
}
