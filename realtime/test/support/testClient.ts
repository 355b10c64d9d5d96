import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  decodeServerMessages,
  subprotocol,
  type AckResult,
  type Command,
  type CommandType,
  type ErrorFrame,
  type ServerMessage,
} from "@darasa/protocol";
import WebSocket from "ws";

type CommandBody<Type extends CommandType> = Omit<Extract<Command, { type: Type }>, "id">;
type MessageOf<Type extends ServerMessage["type"]> = Extract<ServerMessage, { type: Type }>;

/** A connection as raw as a test wants it, that remembers all it was told. */
export class TestClient {
  readonly messages: ServerMessage[] = [];
  readonly socket: WebSocket;
  closeCode: number | null = null;
  #waiting = new Set<() => void>();

  constructor(port: number, options: { origin?: string; protocol?: string } = {}) {
    this.socket = new WebSocket(
      `ws://127.0.0.1:${String(port)}/ws`,
      options.protocol ?? subprotocol,
      options.origin === undefined ? {} : { origin: options.origin },
    );
    this.socket.on("message", (data: Buffer) => {
      this.messages.push(...decodeServerMessages(data.toString()));
      this.#wake();
    });
    this.socket.on("close", (code) => {
      this.closeCode = code;
      this.#wake();
    });
    // What went wrong shows as the close code.
    this.socket.on("error", () => undefined);
  }

  /** Opens and says hello; resolves with the welcome. */
  static async hello(port: number, ticket: string): Promise<TestClient> {
    const client = new TestClient(port);
    await once(client.socket, "open");
    client.sendRaw(JSON.stringify({ type: "hello", ticket }));
    await client.next("welcome");
    return client;
  }

  sendRaw(frame: string | Uint8Array): void {
    this.socket.send(frame);
  }

  /** Sends a command and resolves with its one answer. */
  async ask<Type extends CommandType>(
    command: CommandBody<Type> & { type: Type },
    // Unique beyond this client: the same id from the same person would be a resend.
    id: string = randomUUID(),
  ): Promise<{ ok: true; result: AckResult<Type> } | { ok: false; error: ErrorFrame }> {
    // The same id may have been answered before: a resend is.
    const before = this.messages.length;
    this.sendRaw(JSON.stringify({ ...command, id }));
    const answer = await this.until(() =>
      this.messages
        .slice(before)
        .find(
          (message) => (message.type === "ack" || message.type === "error") && message.id === id,
        ),
    );
    if (answer.type === "error") return { ok: false, error: answer };
    if (answer.type !== "ack") throw new Error("neither ack nor error");
    return { ok: true, result: answer.result as unknown as AckResult<Type> };
  }

  /** The ack's result. @throws Error when it was refused */
  async acked<Type extends CommandType>(
    command: CommandBody<Type> & { type: Type },
    id?: string,
  ): Promise<AckResult<Type>> {
    const answer = await this.ask(command, id);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.error.code}`);
    return answer.result;
  }

  /** The code of the refusal. @throws Error when it was acked */
  async refused<Type extends CommandType>(
    command: CommandBody<Type> & { type: Type },
  ): Promise<string> {
    const answer = await this.ask(command);
    if (answer.ok) throw new Error(`${command.type} was acked`);
    return answer.error.code;
  }

  /** All messages of one type so far. */
  all<Type extends ServerMessage["type"]>(type: Type): MessageOf<Type>[] {
    return this.messages.filter((message): message is MessageOf<Type> => message.type === type);
  }

  /** The first message of a type that holds, now or later. */
  next<Type extends ServerMessage["type"]>(
    type: Type,
    holds: (message: MessageOf<Type>) => boolean = () => true,
  ): Promise<MessageOf<Type>> {
    return this.until(() => this.all(type).find(holds));
  }

  /** Every chat message that came, by replay or live, in the order in which it came. */
  chat(): { seq: number; body: string }[] {
    return this.messages.flatMap((message) => {
      if (message.type === "chatMessage") return [{ seq: message.seq, body: message.body }];
      if (message.type !== "replay") return [];
      return message.messages.map(({ seq, body }) => ({ seq, body }));
    });
  }

  async closed(): Promise<number> {
    return this.until(() => this.closeCode ?? undefined);
  }

  close(): void {
    this.socket.close();
  }

  /** Resolves with the first value that is not undefined; asked again after every message and at the close. */
  async until<Value>(look: () => Value | undefined): Promise<Value> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.closeCode !== null) {
        throw new Error(`closed with ${String(this.closeCode)} while waiting`);
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
