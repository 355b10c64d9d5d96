import { decodeServerMessages, subprotocol } from "@darasa/protocol";

/** From the ack of their joining to the end of their connection, null while it stands: epoch ms. */
export interface Stay {
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface AttendeePlan {
  readonly participantId: string;
  readonly gatewayUrl: string;
  readonly room: string;
  readonly liveClass: string;
  /** A ticket of the API; rejects while that is away. */
  readonly ticket: () => Promise<string>;
}

const comeBackAfterMs = 100;

/** Somebody who is in a class and comes back, whatever happens to the server, until they go. */
export class Attendee {
  readonly participantId: string;
  #past: Stay[] = [];
  readonly #plan: AttendeePlan;
  #socket: WebSocket | null = null;
  #stay: Stay | null = null;
  /** They do not come back. */
  hasGone = false;

  constructor(plan: AttendeePlan) {
    this.#plan = plan;
    this.participantId = plan.participantId;
    void this.#come();
  }

  get stays(): readonly Stay[] {
    return this.#stay === null ? this.#past : [...this.#past, this.#stay];
  }

  get isIn(): boolean {
    return this.#stay !== null;
  }

  /** All that has been is as much longer ago. */
  age(ms: number): void {
    this.#past = this.#past.map((stay) => aged(stay, ms));
    this.#stay &&= aged(this.#stay, ms);
  }

  /** They do not come back from now on; a connection that stands goes without a word. */
  go(): void {
    this.hasGone = true;
    this.#socket?.close();
  }

  async #come(): Promise<void> {
    try {
      const ticket = await this.#plan.ticket();
      if (!this.hasGone) this.#connect(ticket);
    } catch {
      this.#comeBack();
    }
  }

  #connect(ticket: string): void {
    const socket = new WebSocket(this.#plan.gatewayUrl, subprotocol);
    this.#socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "hello", ticket })));
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      for (const message of decodeServerMessages(data)) this.#hear(socket, message.type);
    });
    const ended = () => {
      if (this.#socket === socket) this.#comeBack();
    };
    socket.addEventListener("close", ended);
    // Node 22 tells of a connection that was refused by this event alone.
    socket.addEventListener("error", ended);
  }

  #hear(socket: WebSocket, type: string): void {
    const { room, liveClass } = this.#plan;
    if (type === "welcome") {
      socket.send(JSON.stringify({ type: "joinRoom", id: "join", room, liveClass }));
    } else if (type === "ack") {
      this.#stay = { fromMs: Date.now(), toMs: null };
    } else if (type === "error") {
      socket.close();
    }
  }

  #comeBack(): void {
    if (this.#stay !== null) this.#past.push({ ...this.#stay, toMs: Date.now() });
    this.#stay = null;
    this.#socket = null;
    if (!this.hasGone) setTimeout(() => void this.#come(), comeBackAfterMs);
  }
}

/** The stay as if it had been as much earlier; one that goes on only began earlier. */
export function aged({ fromMs, toMs }: Stay, ms: number): Stay {
  return { fromMs: fromMs - ms, toMs: toMs === null ? null : toMs - ms };
}
