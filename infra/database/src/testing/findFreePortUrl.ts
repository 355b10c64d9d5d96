import { once } from "node:events";
import { createServer } from "node:net";

/** The same url at a port where nobody listens. */
export async function findFreePortUrl(url: string): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const moved = new URL(url);
  moved.port = String(typeof address === "object" ? address?.port : "");
  server.close();
  await once(server, "close");
  return moved.href;
}
