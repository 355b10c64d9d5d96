import { findFreePort } from "./freePort.ts";

/** The same url at a port where nobody listens. */
export async function findFreePortUrl(url: string): Promise<string> {
  const moved = new URL(url);
  moved.port = String(await findFreePort());
  return moved.href;
}
