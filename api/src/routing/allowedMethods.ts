import type { Route } from "./route.ts";

/** Each declared path with what may be asked there, as `Allow` says it (RFC 9110 §10.2.1). */
export function listAllowedMethods(routes: readonly Route[]): ReadonlyMap<string, string> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const names = method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...names]);
  }
  return new Map([...methods].map(([path, names]) => [path, [...names, "OPTIONS"].join(", ")]));
}
