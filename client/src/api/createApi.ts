import createClient, { type Client } from "openapi-fetch";
import { ApiProblem, decodeProblem } from "./ApiProblem.ts";
import type { SignInKeeper } from "./createSignInKeeper.ts";
import type { paths } from "./schema.d.ts";

export type Api = Client<paths>;

/** Paths that need no token, and whose 401 is an answer rather than a token that ended. */
const openPaths = /^\/api\/(?:auth|join)\//;

/**
 * The typed HTTP client. A request carries the token that is held; one that is refused with 401 is sent once
 * more with a new one. Rejects with `ApiProblem` when no answer comes.
 */
export function createApi(tokens: Pick<SignInKeeper, "held" | "renew">, origin: string): Api {
  return createClient<paths>({
    baseUrl: origin,
    fetch: async (request) => {
      if (openPaths.test(new URL(request.url).pathname)) return send(request);
      const again = request.clone();
      const token = tokens.held()?.accessToken ?? null;
      const response = await send(withToken(request, token));
      if (!(await isTokenRefused(response))) return response;
      const renewed = await tokens.renew(token);
      return renewed === null ? response : send(withToken(again, renewed.accessToken));
    },
  });
}

/** What a request answered. @throws ApiProblem when it was refused or got no answer */
export async function dataOf<Data>(
  reply: Promise<{
    readonly data?: Data | undefined;
    readonly error?: unknown;
    readonly response: Response;
  }>,
): Promise<Data> {
  const { data, error, response } = await reply;
  if (!response.ok) throw decodeProblem(error, response);
  return data as Data;
}

/** Other things are answered with 401 too: a wrong password before something grave, a wrong code. */
async function isTokenRefused(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return decodeProblem(body, response).code === "unauthenticated";
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiProblem("unreachable", { cause: error });
  }
}

function withToken(request: Request, token: string | null): Request {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
