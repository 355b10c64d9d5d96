import type { MiddlewareHandler } from "hono";
import type { MediaOrigins } from "../media/mediaOrigins.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";

/**
 * Tried with the real client: the board draws with inline styles, keeps its fonts and pictures in blob:
 * and data: addresses and works in a blob: worker; everything else comes from here, but for media servers.
 */
function contentSecurityPolicy({ connect, frame, play }: MediaOrigins): string {
  return [
    "default-src 'none'",
    sources("script-src 'self'", frame),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data: blob:",
    sources("media-src 'self' blob:", play),
    sources("connect-src 'self' blob: data:", connect),
    ...(frame.length === 0 ? [] : [sources("frame-src", frame)]),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function sources(directive: string, origins: readonly string[]): string {
  return [directive, ...origins].join(" ");
}

/**
 * What pages may use of the machine: a class needs its camera, microphone and screen; a board the clipboard and
 * the whole screen. The rest is off, for whatever gets in too.
 */
function permissionsPolicy({ frame }: MediaOrigins): string {
  const alsoFramed = `(${["self", ...frame.map((origin) => `"${origin}"`)].join(" ")})`;
  return [
    ...allow(alsoFramed, "autoplay camera display-capture fullscreen microphone"),
    ...allow("(self)", "clipboard-read clipboard-write picture-in-picture screen-wake-lock"),
    ...allow(
      "()",
      "accelerometer browsing-topics compute-pressure encrypted-media gamepad geolocation gyroscope",
      "hid identity-credentials-get idle-detection local-fonts magnetometer midi otp-credentials",
      "payment publickey-credentials-create publickey-credentials-get serial storage-access usb",
      "window-management xr-spatial-tracking",
    ),
  ].join(", ");
}

function allow(whom: string, ...features: readonly string[]): string[] {
  return features.flatMap((line) => line.split(" ")).map((feature) => `${feature}=${whom}`);
}

function policiesOf(media: MediaOrigins) {
  return { contentSecurity: contentSecurityPolicy(media), permissions: permissionsPolicy(media) };
}

/** One year: only where the operator has promised https for this address. */
const strictTransport = "max-age=31536000";

/** Sets on every answer what a browser must know to keep other sites and injected content out. */
export function securityHeaders({
  isHttpsPromised,
  media,
  mediaAt,
}: {
  readonly isHttpsPromised: boolean;
  /** What all pages may reach. */
  readonly media: MediaOrigins;
  /** What the page at that path may reach instead; null for nothing else. Never rejects. */
  readonly mediaAt: (path: string) => Promise<MediaOrigins | null>;
}): MiddlewareHandler<ApiEnv> {
  const forAll = policiesOf(media);
  return async (http, next) => {
    const isPage = http.req.method === "GET" || http.req.method === "HEAD";
    const own = isPage ? await mediaAt(http.req.path) : null;
    const { contentSecurity, permissions } = own === null ? forAll : policiesOf(own);
    await next();
    // A route may be stricter with what it sends, as with pictures that strangers made.
    if (!http.res.headers.has("Content-Security-Policy")) {
      http.header("Content-Security-Policy", contentSecurity);
    }
    http.header("Permissions-Policy", permissions);
    http.header("X-Frame-Options", "DENY");
    http.header("X-Content-Type-Options", "nosniff");
    http.header("Referrer-Policy", "no-referrer");
    http.header("Cross-Origin-Opener-Policy", "same-origin");
    http.header("Cross-Origin-Resource-Policy", "same-origin");
    if (isHttpsPromised) http.header("Strict-Transport-Security", strictTransport);
  };
}
