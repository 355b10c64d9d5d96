import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";

/**
 * Tried with the real client: the board draws with inline styles, keeps its fonts and pictures in blob:
 * and data: addresses and works in a blob: worker; everything else comes from here.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * What pages may use of the machine: a class needs its camera, microphone and screen; a board the clipboard and
 * the whole screen. The rest is off, for whatever gets in too.
 */
const permissionsPolicy = [
  ...allow(
    "(self)",
    "autoplay camera clipboard-read clipboard-write display-capture fullscreen microphone",
    "picture-in-picture screen-wake-lock",
  ),
  ...allow(
    "()",
    "accelerometer browsing-topics compute-pressure encrypted-media gamepad geolocation gyroscope",
    "hid identity-credentials-get idle-detection local-fonts magnetometer midi otp-credentials",
    "payment publickey-credentials-create publickey-credentials-get serial storage-access usb",
    "window-management xr-spatial-tracking",
  ),
].join(", ");

function allow(whom: string, ...features: readonly string[]): string[] {
  return features.flatMap((line) => line.split(" ")).map((feature) => `${feature}=${whom}`);
}

/** One year: only where the operator has promised https for this address. */
const strictTransport = "max-age=31536000";

/** Sets on every answer what a browser must know to keep other sites and injected content out. */
export function securityHeaders(isHttpsPromised: boolean): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    await next();
    // A route may be stricter with what it sends, as with pictures that strangers made.
    if (!http.res.headers.has("Content-Security-Policy")) {
      http.header("Content-Security-Policy", contentSecurityPolicy);
    }
    http.header("Permissions-Policy", permissionsPolicy);
    http.header("X-Frame-Options", "DENY");
    http.header("X-Content-Type-Options", "nosniff");
    http.header("Referrer-Policy", "no-referrer");
    http.header("Cross-Origin-Opener-Policy", "same-origin");
    http.header("Cross-Origin-Resource-Policy", "same-origin");
    if (isHttpsPromised) http.header("Strict-Transport-Security", strictTransport);
  };
}
