/** The few of uWebSockets.js 20.51's calls that we use: the package brings no types. */
declare module "uWebSockets.js" {
  export interface HttpRequest {
    getHeader(lowerCaseName: string): string;
    getMethod(): string;
    getQuery(): string;
    getUrl(): string;
  }

  export interface HttpResponse {
    close(): void;
    cork(work: () => void): void;
    end(body?: string): void;
    getRemoteAddressAsText(): ArrayBuffer;
    onAborted(handler: () => void): void;
    upgrade(
      data: unknown,
      key: string,
      protocol: string,
      extensions: string,
      context: SocketContext,
    ): void;
    writeHeader(name: string, value: string): void;
    writeStatus(status: string): void;
  }

  export interface SocketContext {
    readonly __context: never;
  }

  export interface WebSocket<Data> {
    close(): void;
    /** What is sent within `work` is one write. */
    cork(work: () => void): void;
    end(code: number, reason: string): void;
    getBufferedAmount(): number;
    getTopics(): string[];
    getUserData(): Data;
    ping(): number;
    send(message: string | Uint8Array, isBinary: boolean): number;
    subscribe(topic: string): boolean;
    unsubscribe(topic: string): boolean;
  }

  export interface WebSocketBehavior<Data> {
    maxPayloadLength: number;
    maxBackpressure: number;
    closeOnBackpressureLimit: boolean;
    idleTimeout: number;
    sendPingsAutomatically: boolean;
    compression: number;
    upgrade: (response: HttpResponse, request: HttpRequest, context: SocketContext) => void;
    open: (socket: WebSocket<Data>) => void;
    message: (socket: WebSocket<Data>, message: ArrayBuffer, isBinary: boolean) => void;
    drain: (socket: WebSocket<Data>) => void;
    dropped: (socket: WebSocket<Data>) => void;
    close: (socket: WebSocket<Data>, code: number) => void;
  }

  export interface ListenSocket {
    readonly __listenSocket: never;
  }

  export interface App {
    any(pattern: string, handler: (response: HttpResponse, request: HttpRequest) => void): App;
    close(): App;
    listen(
      host: string,
      port: number,
      options: number,
      listening: (socket: ListenSocket | false) => void,
    ): App;
    numSubscribers(topic: string): number;
    publish(topic: string, message: string | Uint8Array, isBinary: boolean): boolean;
    ws<Data>(pattern: string, behavior: WebSocketBehavior<Data>): App;
  }

  /** CommonJS: a named import passes under vitest and dies under Node. */
  const uWS: {
    App(): App;
    DISABLED: number;
    LIBUS_LISTEN_EXCLUSIVE_PORT: number;
    us_socket_local_port(socket: ListenSocket): number;
  };
  export default uWS;
}
