import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer, type WebSocket as Peer } from "ws";
import { countTraffic } from "./countTraffic.ts";

describe("countTraffic", () => {
  let server: WebSocketServer;
  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
  });
  afterEach(async () => {
    for (const peer of server.clients) peer.terminate();
    server.close();
    await once(server, "close");
  });

  const open = async ({ Socket }: ReturnType<typeof countTraffic>) => {
    const coming = once(server, "connection") as Promise<[Peer]>;
    const { port } = server.address() as AddressInfo;
    const socket = new Socket(`ws://127.0.0.1:${String(port)}`);
    const [[peer]] = await Promise.all([coming, once(socket, "open")]);
    return { socket, peer };
  };

  it("counts the bytes of what is said and heard, over all sockets together", async () => {
    const traffic = countTraffic();
    const [gateway, board] = [await open(traffic), await open(traffic)];
    expect(traffic.bytes()).toBe(0);
    gateway.socket.send("café");
    expect(traffic.bytes()).toBe(5);
    const heard = once(gateway.socket, "message");
    gateway.peer.send("🙂 !");
    await heard;
    expect(traffic.bytes()).toBe(11);

    board.socket.send(new Uint8Array(100).subarray(0, 7));
    expect(traffic.bytes()).toBe(18);
    for (const kind of ["arraybuffer", "blob"] as const) {
      board.socket.binaryType = kind;
      const sent = traffic.bytes();
      const answered = once(board.socket, "message");
      board.peer.send(new Uint8Array(40));
      await answered;
      expect(traffic.bytes() - sent).toBe(40);
    }
  });

  it("counts nothing that is said to a socket that is closed, and throws none of its count away", async () => {
    const traffic = countTraffic();
    const { socket } = await open(traffic);
    socket.send("four");
    socket.close();
    await once(socket, "close");
    socket.send("nobody hears that");
    expect(traffic.bytes()).toBe(4);
  });
});
