import type { Log } from "../log.ts";
import type { Transport } from "./transport.ts";
import type { TransportOptions } from "./transportOptions.ts";

/** uWebSockets.js where its binary loads, else the twin on `ws`, and then one line says so. */
export async function chooseTransport(log: Log): Promise<(options: TransportOptions) => Transport> {
  try {
    return (await import("./uws.ts")).createUwsTransport;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    log("warn", "uWebSockets.js does not load here: serving by ws, at more CPU", { reason });
    return (await import("./ws.ts")).createWsTransport;
  }
}
