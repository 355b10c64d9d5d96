import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { decodeRefreshToken, encodeRefreshToken, type RefreshToken } from "./refreshToken.ts";

const name = "darasa_refresh";
const path = "/api/auth";

/** A refresh token with the end of its sign-in, for the cookie. */
export interface IssuedRefresh {
  readonly token: RefreshToken;
  readonly expiresAtMs: number;
}

/** The token of the request's cookie, or null. */
export function readRefreshCookie(http: Context<ApiEnv>): RefreshToken | null {
  const cookie = getCookie(http, name);
  return cookie === undefined ? null : decodeRefreshToken(cookie);
}

/** Sets the cookie: no script reads it, no other site sends it along, and it goes to /api/auth only. */
export function setRefreshCookie(
  services: Services,
  http: Context<ApiEnv>,
  refresh: IssuedRefresh,
): void {
  setCookie(http, name, encodeRefreshToken(refresh.token), {
    ...attributes(services, http),
    maxAge: Math.max(0, Math.floor((refresh.expiresAtMs - services.now()) / 1000)),
  });
}

/** Takes the cookie away. */
export function clearRefreshCookie(services: Services, http: Context<ApiEnv>): void {
  deleteCookie(http, name, attributes(services, http));
}

function attributes(services: Services, http: Context<ApiEnv>) {
  const secure =
    http.get("scheme") === "https" || services.config.PUBLIC_URL?.startsWith("https:") === true;
  return { path, httpOnly: true, sameSite: "Lax", secure } as const;
}
