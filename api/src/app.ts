import { OpenAPIHono } from "@hono/zod-openapi";
import { DarasaError } from "@darasa/protocol";
import { bodyLimit } from "hono/body-limit";
import { allRoutes } from "./allRoutes.ts";
import { makeClientFiles } from "./clientFiles/clientFiles.ts";
import { serveClient } from "./clientFiles/serveClient.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { identifyRequest } from "./middleware/identifyRequest.ts";
import { measureRequest } from "./middleware/measureRequest.ts";
import { answerProblem } from "./middleware/problem.ts";
import { securityHeaders } from "./middleware/securityHeaders.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import { describeApi } from "./openapi.ts";
import type { ApiEnv } from "./routing/apiEnv.ts";
import { registerRoutes } from "./routing/registerRoutes.ts";
import type { Services } from "./services.ts";

const maxBodyBytes = 64 * 1024;

/** The whole HTTP surface, without listening: the server and the tests call its `fetch`. */
export function createApp(services: Services): OpenAPIHono<ApiEnv> {
  const { config } = services;
  const app = new OpenAPIHono<ApiEnv>();
  const isHttpsPromised = config.PUBLIC_URL?.startsWith("https:") === true;
  app.use(identifyRequest(services, makeTrustedProxies(config.TRUSTED_PROXIES)));
  app.use(securityHeaders(isHttpsPromised));
  app.use(measureRequest(services));
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: refuseTooLarge }));

  const guard = (access: Parameters<typeof authenticate>[1]) => authenticate(services, access);
  registerRoutes(app, allRoutes, { services, guard });

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

function refuseTooLarge(): never {
  throw new DarasaError("too_large");
}
