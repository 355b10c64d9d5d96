import uWS, {
  type App,
  type HttpRequest,
  type HttpResponse,
  type ListenSocket,
  type SocketContext,
  type WebSocketBehavior,
} from "uWebSockets.js";
import { closeReasons } from "@darasa/protocol";
import { ConnectionLife } from "./connectionLife.ts";
import { allDrained, sumUnsent } from "./figures.ts";
import { closeGraceMs, idleTimeoutSeconds } from "./heartbeat.ts";
import { draining, httpStatusText, type HttpPages, type Refusal } from "./httpPages.ts";
import { Lingering } from "./lingering.ts";
import { shortAddress } from "./remoteAddress.ts";
import { StallSweep } from "./stall.ts";
import type { HttpReply, Route, Transport } from "./transport.ts";
import type { TransportOptions } from "./transportOptions.ts";
import { judgeUpgrade, type UpgradeFacts } from "./upgrade.ts";
import {
  UwsConnection,
  type PublishTo,
  type SharedBySockets,
  type SocketData,
} from "./uwsConnection.ts";

type Events = Pick<
  WebSocketBehavior<SocketData>,
  "open" | "message" | "drain" | "dropped" | "close"
>;

/** Sockets on uWebSockets.js, the library that production runs on. */
export function createUwsTransport(options: TransportOptions): Transport {
  const app = uWS.App();
  const open = new Set<UwsConnection>();
  const sweep = new StallSweep(open, options.maxStallMs);
  const publish: PublishTo = (topic, frame) => {
    app.publish(topic, frame, typeof frame !== "string");
  };
  const { pingAfterMs } = options;
  const pings = setInterval(() => pingSilent(open, pingAfterMs), pingAfterMs / looksPerPing);
  pings.unref();
  const events = eventsInto(open, { bounds: { sweep, lingering: new Lingering() }, publish });
  let isAccepting = true;
  let published = 0;
  let delivered = 0;

  for (const route of options.routes) {
    app.ws(route.path === "/yjs" ? "/yjs/*" : route.path, {
      ...limitsOf(route),
      ...events,
      upgrade: (response, request, context) =>
        isAccepting
          ? upgrade(options, { response, request, context })
          : refuse(response, draining, options),
    });
  }
  app.any("/*", (response, request) => servePage(options.pages, response, request));

  return {
    listen: (host, port) => listen(app, host, port),
    publish(channel, frame) {
      published += 1;
      delivered += app.numSubscribers(channel);
      sweep.published(channel, frame);
      publish(channel, frame);
    },
    figures: () => ({ ...sumUnsent(open), published, delivered }),
    stopAccepting: () => (isAccepting = false),
    async close() {
      isAccepting = false;
      await allDrained(open, closeGraceMs / 2);
      sweep.stop();
      clearInterval(pings);
      const told = [...open];
      for (const connection of told) connection.close(closeReasons.shutdown);
      // uWebSockets.js does not tell when the last close frame is on its way.
      if (told.length > 0) await new Promise((resolve) => setTimeout(resolve, closeGraceMs / 10));
      app.close();
    },
  };
}

const looksPerPing = 10;

/** Those to whom nothing went that a ping could go with. */
function pingSilent(open: ReadonlySet<UwsConnection>, pingAfterMs: number): void {
  const beforeMs = performance.now() - pingAfterMs;
  for (const connection of open) if (connection.pingedAtMs < beforeMs) connection.ping();
}

function limitsOf(route: Route): Omit<WebSocketBehavior<SocketData>, keyof Events | "upgrade"> {
  return {
    // A longer frame shows the client only 1006, so that ours comes first.
    maxPayloadLength: route.maxFrameBytes * 2,
    maxBackpressure: route.maxBackpressureBytes,
    // Otherwise a slow reader misses frames without a word, for good.
    closeOnBackpressureLimit: true,
    idleTimeout: idleTimeoutSeconds,
    // We do so ourselves: with what goes out anyway, and half as often.
    sendPingsAutomatically: false,
    compression: uWS.DISABLED,
  };
}

function eventsInto(open: Set<UwsConnection>, shared: SharedBySockets): Events {
  return {
    open(socket) {
      const data = socket.getUserData();
      data.connection = new UwsConnection(socket, data.life, shared);
      open.add(data.connection);
      data.life.open(data.connection);
    },
    message(socket, message, isBinary) {
      const { life, connection } = socket.getUserData();
      // The memory is borrowed: it is gone when this returns.
      const frame = isBinary
        ? new Uint8Array(message.slice(0))
        : Buffer.from(message).toString("utf8");
      if (connection !== null) life.receive(connection, frame, message.byteLength);
    },
    drain(socket) {
      if (socket.getBufferedAmount() === 0) socket.getUserData().life.drained();
    },
    dropped(socket) {
      socket.getUserData().life.wasSlow();
    },
    close(socket, code) {
      const { life, connection } = socket.getUserData();
      connection?.lost();
      if (connection !== null) {
        open.delete(connection);
        shared.bounds.sweep.forget(connection);
      }
      life.finish(code);
    },
  };
}

interface Upgrade {
  readonly response: HttpResponse;
  readonly request: HttpRequest;
  readonly context: SocketContext;
}

function upgrade(options: TransportOptions, { response, request, context }: Upgrade): void {
  const facts: UpgradeFacts = {
    path: request.getUrl(),
    query: request.getQuery(),
    peerAddress: Buffer.from(response.getRemoteAddressAsText()).toString(),
    header: (name) => request.getHeader(name),
  };
  const verdict = judgeUpgrade(facts, options.routes, options.policy);
  if (!verdict.ok) {
    refuse(response, verdict, options);
    return;
  }
  const data: SocketData = { life: new ConnectionLife(verdict, options), connection: null };
  response.upgrade(
    data,
    request.getHeader("sec-websocket-key"),
    verdict.route.subprotocol ?? "",
    "",
    context,
  );
}

function refuse(
  response: HttpResponse,
  { status, reason }: Refusal,
  { observer }: TransportOptions,
): void {
  observer.refused(status, reason);
  response.writeStatus(httpStatusText(status));
  response.end();
}

function servePage(pages: HttpPages, response: HttpResponse, request: HttpRequest): void {
  let isAborted = false;
  response.onAborted(() => (isAborted = true));
  const reply = (answer: HttpReply): void => {
    if (isAborted) return;
    response.cork(() => {
      response.writeStatus(httpStatusText(answer.status));
      response.writeHeader("content-type", answer.contentType);
      response.end(answer.body);
    });
  };
  const caller = {
    peerAddress: shortAddress(Buffer.from(response.getRemoteAddressAsText()).toString()),
    forwardedFor: request.getHeader("x-forwarded-for"),
    authorization: request.getHeader("authorization"),
  };
  void pages(request.getMethod().toUpperCase(), request.getUrl(), caller).then(reply);
}

function listen(app: App, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Without it a second process would silently share the port.
    app.listen(host, port, uWS.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket: ListenSocket | false) => {
      if (socket === false) reject(new Error(`cannot listen on ${host}:${port}: is it taken?`));
      else resolve(uWS.us_socket_local_port(socket));
    });
  });
}
