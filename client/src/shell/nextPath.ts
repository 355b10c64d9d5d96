/** The sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

/** Where to go after signing in: a path of this site, never another site's address. */
export function nextPath(next: string | readonly string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  // "//host" and "/\host" are other sites' addresses to a browser.
  return /^\/[/\\]/.test(next) ? "/" : next;
}
