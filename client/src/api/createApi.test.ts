import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiProblem, decodeProblem, problemCode } from "./ApiProblem.ts";
import { createApi, dataOf } from "./createApi.ts";
import type { HeldSignIn, SignInKeeper } from "./createSignInKeeper.ts";
import { amina } from "./test/signedInUser.ts";

const origin = "https://school.example";

function hold(accessToken: string): HeldSignIn {
  return { accessToken, expiresAtMs: 0, user: amina };
}

/** A server that takes only `good` and tells which tokens it saw. */
function serve(good: string): { readonly seen: (string | null)[] } {
  const seen: (string | null)[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const token = request.headers.get("Authorization");
    const { pathname } = new URL(request.url);
    seen.push(token);
    const body = await request.text();
    return token === `Bearer ${good}` && !pathname.startsWith("/api/auth/")
      ? Response.json({ echo: body })
      : problem(401, pathname.startsWith("/api/auth/") ? "wrong_credentials" : "unauthenticated");
  });
  return { seen };
}

function problem(status: number, code: string): Response {
  const body = { type: "about:blank", title: code, status, code };
  return Response.json(body, {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

function tokens(
  held: HeldSignIn | null,
  renewed: HeldSignIn | null,
): Pick<SignInKeeper, "held" | "renew"> & { readonly spent: (string | null)[] } {
  const spent: (string | null)[] = [];
  return {
    spent,
    held: () => held,
    renew: (token) => {
      spent.push(token);
      return Promise.resolve(renewed);
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

describe("a request", () => {
  it("is sent once more, body and all, when its token had ended", async () => {
    const server = serve("new");
    const keeper = tokens(hold("old"), hold("new"));
    const api = createApi(keeper, origin);
    const body = { kind: "class" as const, name: "Chemistry" };
    const answer: unknown = await dataOf(api.POST("/api/rooms", { body }));
    expect(answer).toEqual({ echo: JSON.stringify(body) });
    expect(server.seen).toEqual(["Bearer old", "Bearer new"]);
    expect(keeper.spent).toEqual(["old"]);
  });

  it("is not sent a third time", async () => {
    const server = serve("never");
    const api = createApi(tokens(hold("old"), hold("new")), origin);
    const failure = await dataOf(api.GET("/api/rooms")).catch((error: unknown) => error);
    expect(problemCode(failure)).toBe("unauthenticated");
    expect(server.seen).toHaveLength(2);
  });

  it("to sign in takes 401 for an answer", async () => {
    const server = serve("new");
    const keeper = tokens(hold("old"), hold("new"));
    const body = { school: "demo", email: "a@b", password: "wrong" };
    const api = createApi(keeper, origin);
    const failure = await dataOf(api.POST("/api/auth/login", { body })).catch(
      (error: unknown) => error,
    );
    expect(problemCode(failure)).toBe("wrong_credentials");
    expect(server.seen).toEqual([null]);
    expect(keeper.spent).toEqual([]);
  });

  it("is not sent again when it is the password in it that is wrong", async () => {
    let asked = 0;
    vi.stubGlobal("fetch", () => {
      asked += 1;
      return Promise.resolve(problem(401, "wrong_credentials"));
    });
    const keeper = tokens(hold("good"), hold("new"));
    const body = { current: "wrong", password: "a long new one" };
    const reply = dataOf(createApi(keeper, origin).POST("/api/me/password", { body }));
    expect(problemCode(await reply.catch((error: unknown) => error))).toBe("wrong_credentials");
    expect([asked, keeper.spent]).toEqual([1, []]);
  });

  it("that gets no answer says so", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    const api = createApi(tokens(hold("token"), null), origin);
    const failure = await dataOf(api.GET("/api/rooms")).catch((error: unknown) => error);
    expect(problemCode(failure)).toBe("unreachable");
  });
});

describe("a problem", () => {
  it.each([
    [{ code: "class_ended" }, 410, "class_ended"],
    [{ code: "made up" }, 404, "not_found"],
    ["<html>Bad gateway</html>", 502, "unavailable"],
    [null, 418, "bad_request"],
  ])("of body %j and status %i is %s", (body, status, code) => {
    expect(decodeProblem(body, new Response(null, { status })).code).toBe(code);
  });

  it.each([
    ["41", 41],
    ["0.2", 1],
    ["Fri, 21 Nov 2025 08:00:00 GMT", undefined],
  ])("with Retry-After %j is worth another try after %j seconds", (header, seconds) => {
    const answer = new Response(null, { status: 429, headers: { "Retry-After": header } });
    expect(decodeProblem(null, answer).retryAfterSeconds).toBe(seconds);
  });

  it("that nobody foresaw is internal", () => {
    expect(problemCode(new Error("boom"))).toBe("internal");
    expect(problemCode(new ApiProblem("busy"))).toBe("busy");
  });
});
