import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { closeReasons } from "@darasa/protocol";
import { ConnectionLife } from "./connectionLife.ts";
import { allDrained, sumUnsent } from "./figures.ts";
import { closeGraceMs, upgradeTimeoutMs } from "./heartbeat.ts";
import { draining, httpStatusText, type PageCaller, type Refusal } from "./httpPages.ts";
import { shortAddress } from "./remoteAddress.ts";
import { StallSweep } from "./stall.ts";
import type { Route, Transport } from "./transport.ts";
import type { TransportOptions } from "./transportOptions.ts";
import { judgeUpgrade, type AcceptedUpgrade, type UpgradeFacts } from "./upgrade.ts";
import { WsConnection, type Channels } from "./wsConnection.ts";

/** The twin on `ws`, for machines where the uWebSockets.js binary does not load. */
export function createWsTransport(options: TransportOptions): Transport {
  const channels: Channels = new Map();
  const open = new Set<WsConnection>();
  const sweep = new StallSweep(open, options.maxStallMs);
  const accept = createAcceptor(options, { channels, sweep, open });
  let isAccepting = true;
  let published = 0;
  let delivered = 0;

  const server = createServer(requestBounds, (request, response) => {
    const caller = callerOf(request);
    void options.pages(request.method ?? "", pathOf(request).path, caller).then((reply) => {
      response.writeHead(reply.status, { "content-type": reply.contentType }).end(reply.body);
    });
  });
  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => stream.destroy());
    const verdict = isAccepting
      ? judgeUpgrade(factsOf(request), options.routes, options.policy)
      : { ok: false as const, ...draining };
    if (verdict.ok) accept({ request, stream, head, verdict });
    else refuse(stream, verdict, options);
  });
  const beat = setInterval(() => {
    for (const connection of open) connection.ping();
  }, options.pingAfterMs / 2);
  beat.unref();

  return {
    listen: (host, port) => listen(server, host, port),
    publish(channel, frame) {
      const subscribers = [...(channels.get(channel) ?? [])];
      published += 1;
      delivered += subscribers.length;
      for (const connection of subscribers) connection.send(frame);
    },
    figures: () => ({ ...sumUnsent(open), published, delivered }),
    stopAccepting: () => (isAccepting = false),
    async close() {
      isAccepting = false;
      clearInterval(beat);
      await allDrained(open, closeGraceMs / 2);
      sweep.stop();
      const gone = new Promise((resolve) => server.close(resolve));
      for (const connection of [...open]) connection.close(closeReasons.shutdown);
      server.closeIdleConnections();
      await gone;
    },
  };
}

/** Whoever sends their request byte by byte is not waited for. */
const requestBounds = {
  headersTimeout: upgradeTimeoutMs,
  requestTimeout: upgradeTimeoutMs,
  connectionsCheckingInterval: 1_000,
};

interface Acceptor {
  readonly channels: Channels;
  readonly sweep: StallSweep;
  readonly open: Set<WsConnection>;
}

function createAcceptor(
  options: TransportOptions,
  { channels, sweep, open }: Acceptor,
): (acceptance: Acceptance) => void {
  const servers = new Map(options.routes.map((route) => [route, serverOf(route)]));
  return ({ request, stream, head, verdict }) => {
    const life = new ConnectionLife(verdict, options);
    // An upgrade that `ws` itself refuses opens nothing, and must give its place back.
    stream.once("close", () => life.admitted());
    servers.get(verdict.route)?.handleUpgrade(request, stream, head, (socket) => {
      const connection = new WsConnection(socket, life, { channels, sweep, stream });
      open.add(connection);
      socket.on("message", (data, isBinary) => connection.receive(data, isBinary));
      socket.on("pong", () => (connection.heardAtMs = performance.now()));
      socket.on("error", () => socket.terminate());
      socket.on("close", (code) => {
        open.delete(connection);
        connection.finish(code);
      });
      life.open(connection);
    });
  };
}

interface Acceptance {
  readonly request: IncomingMessage;
  readonly stream: Duplex;
  readonly head: Buffer;
  readonly verdict: AcceptedUpgrade;
}

/** Of one message: nobody needs more, and each costs an object. */
const maxFragments = 256;

/** The longest frame in packets of a slow network, and some. */
const maxBufferedChunks = 8_192;

function serverOf(route: Route): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload: route.maxFrameBytes * 2,
    perMessageDeflate: false,
    maxFragments,
    maxBufferedChunks,
    handleProtocols: () => route.subprotocol ?? false,
  });
}

function factsOf(request: IncomingMessage): UpgradeFacts {
  return {
    ...pathOf(request),
    peerAddress: request.socket.remoteAddress ?? "",
    header: (name) => {
      const value = request.headers[name];
      return (Array.isArray(value) ? value.join(",") : value) ?? "";
    },
  };
}

function callerOf(request: IncomingMessage): PageCaller {
  const facts = factsOf(request);
  return {
    peerAddress: shortAddress(facts.peerAddress),
    forwardedFor: facts.header("x-forwarded-for"),
    authorization: facts.header("authorization"),
  };
}

/** As it came: dots and escapes in it are not resolved. */
function pathOf(request: IncomingMessage): { path: string; query: string } {
  const [path = "", ...query] = (request.url ?? "").split("?");
  return { path, query: query.join("?") };
}

function refuse(stream: Duplex, { status, reason }: Refusal, { observer }: TransportOptions): void {
  observer.refused(status, reason);
  stream.end(
    `HTTP/1.1 ${httpStatusText(status)}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
