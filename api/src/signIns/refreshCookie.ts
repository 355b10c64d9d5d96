import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { decodeLinkToken, encodeLinkToken, type LinkToken } from "../tokens/linkToken.ts";
import { cookieAttributes } from "./cookieAttributes.ts";

const name = "darasa_refresh";

/** A refresh token with the end of its sign-in, for the cookie. */
export interface IssuedRefresh {
  readonly token: LinkToken;
  readonly expiresAtMs: number;
}

/** The token of the request's cookie, or null. */
export function readRefreshCookie(http: Context<ApiEnv>): LinkToken | null {
  const cookie = getCookie(http, name);
  return cookie === undefined ? null : decodeLinkToken(cookie);
}

/** Sets the cookie: no script reads it, no other site sends it along, and it goes to /api/auth only. */
export function setRefreshCookie(
  services: Services,
  http: Context<ApiEnv>,
  refresh: IssuedRefresh,
): void {
  setCookie(http, name, encodeLinkToken(refresh.token), {
    ...cookieAttributes(services, http),
    maxAge: Math.max(0, Math.floor((refresh.expiresAtMs - services.now()) / 1000)),
  });
}

/** Takes the cookie away. */
export function clearRefreshCookie(services: Services, http: Context<ApiEnv>): void {
  deleteCookie(http, name, cookieAttributes(services, http));
}
