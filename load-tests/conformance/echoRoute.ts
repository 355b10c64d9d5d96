import { limits } from "@darasa/protocol";
import { protocolTimings } from "../../realtime/src/timings.ts";
import { makeTrustedProxies } from "../../realtime/src/transport/remoteAddress.ts";
import { createStrangers, strangerLimits } from "../../realtime/src/transport/strangers.ts";
import { createUpgradeRate, upgradeRateLimits } from "../../realtime/src/transport/upgradeRate.ts";
import { createUwsTransport } from "../../realtime/src/transport/uws.ts";

/**
 * Says back what it hears, on the gateway's transport with the options of `/ws`, but for two: no subprotocol is asked
 * for, which the suite does not offer, and frames may be as large as those of boards, because it sends some of 64 KiB and more.
 */
export async function startEchoRoute(): Promise<{
  readonly port: number;
  stop(): Promise<void>;
}> {
  const transport = createUwsTransport({
    routes: [
      {
        path: "/ws",
        subprotocol: null,
        maxFrameBytes: 16 * limits.maxBoardFrameBytes,
        tooLargeReply: null,
        maxBackpressureBytes: 64 * limits.maxBackpressureBytes,
        handler: {
          opened: (connection) => {
            connection.admitted();
            return { received: (frame) => connection.send(frame), closed: () => undefined };
          },
        },
      },
    ],
    policy: {
      publicOrigin: null,
      trustedProxies: makeTrustedProxies("127.0.0.1"),
      strangers: createStrangers(strangerLimits),
      upgradeRate: createUpgradeRate(upgradeRateLimits, () => performance.now()),
    },
    maxStallMs: limits.maxStallMs,
    pingAfterMs: protocolTimings.pingAfterMs,
    observer: { opened: () => undefined, closed: () => undefined, refused: () => undefined },
    pages: () => Promise.resolve({ status: 404, contentType: "text/plain", body: "" }),
  });
  return { port: await transport.listen("127.0.0.1", 0), stop: () => transport.close() };
}
