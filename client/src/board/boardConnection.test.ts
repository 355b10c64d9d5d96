import type { BoardId } from "@darasa/protocol";
import type { SyncedCopy } from "@darasa/protocol/board";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as encoding from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { Awareness } from "y-protocols/awareness";
import { readSyncMessage, writeSyncStep1 } from "y-protocols/sync";
import * as decoding from "lib0/decoding";
import { Doc } from "yjs";
import { CommandFailure } from "../connection/commandFailure.ts";
import type { NetworkHandlers } from "../connection/environment.ts";
import { countTraffic, type Traffic } from "../ladder/countTraffic.ts";
import { BoardConnection, type BoardLink } from "./boardConnection.ts";

const board = "b0a4d000-0000-4000-8000-000000000001" as BoardId;

/** A peer at `/yjs` that syncs one document. */
class Peer {
  readonly doc = new Doc();
  readonly server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  readonly sockets = new Set<WebSocket>();
  readonly tickets: string[] = [];
  /** Both ways. */
  bytes = 0;

  constructor() {
    this.server.on("connection", (socket, request) => {
      const address = new URL(request.url ?? "", "http://x");
      expect(address.pathname).toBe(`/yjs/${board}`);
      this.tickets.push(address.searchParams.get("ticket") ?? "");
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      socket.on("message", (data: Buffer) => this.#hear(socket, new Uint8Array(data)));
      this.#say(
        socket,
        frame((encoder) => writeSyncStep1(encoder, this.doc)),
      );
    });
  }

  get address(): string {
    return `ws://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/yjs`;
  }

  closeAll(code: number): void {
    for (const socket of this.sockets) socket.close(code);
  }

  #hear(socket: WebSocket, data: Uint8Array): void {
    this.bytes += data.byteLength;
    const decoder = decoding.createDecoder(data);
    if (decoding.readVarUint(decoder) !== 0) return;
    const reply = frame((encoder) => void readSyncMessage(decoder, encoder, this.doc, socket));
    if (reply.length > 1) this.#say(socket, reply);
  }

  #say(socket: WebSocket, data: Uint8Array): void {
    this.bytes += data.byteLength;
    socket.send(data);
  }
}

function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    write(encoder);
  });
}

const ticketOf = (jti: string) =>
  `h.${Buffer.from(JSON.stringify({ jti })).toString("base64url")}.s`;

describe("a board's connection", () => {
  let peer: Peer;
  let doc: Doc;
  let connection: BoardConnection;
  let network: NetworkHandlers | undefined;
  /** Decides how long the waits are: none, unless a test says otherwise. */
  let random = 0;
  const links: BoardLink[] = [];
  const answers: SyncedCopy[] = [];
  const getTicket = vi.fn<() => Promise<string>>();
  let traffic: Traffic;

  beforeEach(async () => {
    peer = new Peer();
    await once(peer.server, "listening");
    doc = new Doc();
    traffic = countTraffic();
    links.length = 0;
    random = 0;
    answers.length = 0;
    let issued = 0;
    getTicket
      .mockReset()
      .mockImplementation(() => Promise.resolve(ticketOf(`ticket-${String(++issued)}`)));
    connection = new BoardConnection({
      doc,
      awareness: new Awareness(doc),
      board,
      address: peer.address,
      getTicket,
      Socket: traffic.Socket,
      environment: {
        random: () => random,
        after: (delayMs, run) => {
          const timer = setTimeout(run, delayMs);
          return () => clearTimeout(timer);
        },
        watchNetwork: (handlers) => {
          network = handlers;
          return () => (network = undefined);
        },
      },
      linkChanged: (link) => links.push(link),
      answered: (answer) => answers.push(answer),
    });
  });
  afterEach(async () => {
    connection.close();
    doc.destroy();
    peer.closeAll(1001);
    peer.server.close();
    await once(peer.server, "close");
  });

  const isOnline = () => vi.waitFor(() => expect(links.at(-1)).toBe("online"));

  it("syncs both ways, and tells which of its answers were given on which ticket", async () => {
    doc.getMap("records").set("mine", 1);
    peer.doc.getMap("records").set("theirs", 2);
    connection.connect();
    await isOnline();
    await vi.waitFor(() =>
      expect(peer.doc.getMap("records").toJSON()).toEqual({ mine: 1, theirs: 2 }),
    );
    expect(doc.getMap("records").toJSON()).toEqual({ mine: 1, theirs: 2 });
    expect(answers).toEqual([{ ticket: "ticket-1", count: 1 }]);
  });

  it("costs what goes over its sockets, one after the other", async () => {
    peer.doc.getMap("points").set("large", new Uint8Array(5_000));
    connection.connect();
    await isOnline();
    peer.closeAll(1001);
    await vi.waitFor(() => expect(peer.tickets).toHaveLength(2));
    await isOnline();
    doc.getMap("records").set("mine", new Uint8Array(3_000));
    await vi.waitFor(() => expect(peer.doc.getMap("records").has("mine")).toBe(true));
    await vi.waitFor(() => expect(traffic.bytes()).toBe(peer.bytes));
    expect(traffic.bytes()).toBeGreaterThan(8_000);
  });

  it("comes back after a close with a fresh ticket, and starts counting anew", async () => {
    connection.connect();
    await isOnline();
    peer.closeAll(1001);
    await vi.waitFor(() =>
      expect(peer.tickets).toEqual([ticketOf("ticket-1"), ticketOf("ticket-2")]),
    );
    await isOnline();
    expect(links).toEqual(["connecting", "online", "offline", "online"]);
    expect(answers.at(-1)).toEqual({ ticket: "ticket-2", count: 1 });
  });

  it("[C1] stays away after a close that says so, until somebody asks for it", async () => {
    connection.connect();
    await isOnline();
    peer.closeAll(4403);
    await vi.waitFor(() => expect(links.at(-1)).toBe("ended"));
    expect(getTicket).toHaveBeenCalledTimes(1);
    connection.connect();
    await isOnline();
    expect(peer.tickets).toHaveLength(2);
  });

  it("[C1] comes back after a close in the 4400s that allows it", async () => {
    connection.connect();
    await isOnline();
    peer.closeAll(4411);
    await vi.waitFor(() => expect(peer.tickets).toHaveLength(2));
    await isOnline();
  });

  it("tries again when no ticket can be had, and gives up when it is refused for good", async () => {
    getTicket.mockRejectedValueOnce(new CommandFailure("disconnected"));
    connection.connect();
    await isOnline();
    getTicket.mockRejectedValueOnce(new CommandFailure("forbidden"));
    peer.closeAll(1001);
    await vi.waitFor(() => expect(links.at(-1)).toBe("ended"));
  });

  it("waits no longer when tickets can be had again, and is not disturbed where it does not wait", async () => {
    random = 1e6;
    getTicket.mockRejectedValueOnce(new CommandFailure("disconnected"));
    connection.connect();
    await vi.waitFor(() => expect(links.at(-1)).toBe("offline"));
    connection.hurry();
    await isOnline();
    connection.hurry();
    expect(links).toEqual(["connecting", "offline", "online"]);
    expect(peer.tickets).toHaveLength(1);
  });

  it("lets go at once when the browser says that there is no network, and returns with it", async () => {
    connection.connect();
    await isOnline();
    network?.offline();
    expect(links.at(-1)).toBe("offline");
    await vi.waitFor(() => expect(peer.sockets.size).toBe(0));
    doc.getMap("records").set("offline", 1);
    network?.online();
    await isOnline();
    await vi.waitFor(() => expect(peer.doc.getMap("records").get("offline")).toBe(1));
  });

  it("brings what was drawn in a long time without network in frames that a server takes", async () => {
    for (let part = 0; part < 30; part += 1) {
      doc.getMap("points").set(`shape:${String(part)}`, new Uint8Array(100_000).fill(part));
    }
    let largest = 0;
    peer.server.on("connection", (socket: WebSocket) =>
      socket.on("message", (data: Buffer) => (largest = Math.max(largest, data.length))),
    );
    connection.connect();
    await vi.waitFor(() => expect(peer.doc.getMap("points").size).toBe(30));
    expect(peer.doc.getMap("points").toJSON()).toEqual(doc.getMap("points").toJSON());
    expect(largest).toBeLessThan(1024 * 1024);
    expect(answers).toEqual([{ ticket: "ticket-1", count: 1 }]);
  });

  it("asks what the server has, on a connection that stands", async () => {
    connection.connect();
    await isOnline();
    const heard = vi.fn<(start: number[]) => void>();
    for (const socket of peer.sockets) {
      socket.on("message", (data: Buffer) => heard([...data.subarray(0, 2)]));
    }
    connection.ask();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith([0, 0]));
  });
});
