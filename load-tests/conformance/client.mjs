// A client written from realtime/protocol/SPEC.md and nothing else: it imports neither Darasa's code nor any package,
// and runs on the WebSocket that Node 22 and browsers have. Rules are cited by their numbers.

/** Whether to come back after a close (S6); any other code means a lost network (C1). */
const comeBack = new Map([
  [1001, "yes"],
  [1009, "yes"],
  [4400, "no"],
  [4401, "fresh"],
  [4403, "no"],
  [4408, "fresh"],
  [4409, "no"],
  [4411, "yes"],
  [4429, "yes"],
  [4500, "yes"],
  [4503, "yes"],
]);

/** @param {number} code */
export function comeBackAfter(code) {
  return comeBack.get(code) ?? "yes";
}

/**
 * How long to wait before coming back (C2).
 *
 * @param {number} attempt from 0
 * @param {() => number} random
 */
export function waitBeforeMs(attempt, random = Math.random) {
  return random() * Math.min(10_000, 300 * 2 ** attempt);
}

/** One connection, that remembers all it was told. */
export class Connection {
  #socket;
  #waiting = new Set();
  #nextId = 0;
  #prefix = crypto.randomUUID().slice(0, 8);
  /** Every message so far, in order (F4). */
  heard = [];
  /** The raw text of every frame. */
  frames = [];
  /** Null while it is open. */
  closeCode = null;
  /** The newest resume ticket (T7). */
  resume = null;

  /** @param {string} url of the gateway, `ws://…/ws` */
  constructor(url, protocols = ["darasa.v1"]) {
    this.#socket = new WebSocket(url, protocols);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.addEventListener("open", () => this.#wake());
    this.#socket.addEventListener("message", ({ data }) => this.#receive(data));
    this.#socket.addEventListener("close", ({ code }) => {
      this.closeCode ??= code;
      this.#wake();
    });
    // Node 22 tells of a connection that was refused by this event alone.
    this.#socket.addEventListener("error", () => {
      this.closeCode ??= 1006;
      this.#wake();
    });
  }

  /** Opens one, says hello and resolves with it once it is welcome (H1, H2). */
  static async open(url, ticket) {
    const connection = new Connection(url);
    await connection.opened();
    connection.sendFrame(JSON.stringify({ type: "hello", ticket }));
    await connection.next((message) => message.type === "welcome");
    return connection;
  }

  async opened() {
    await this.until(() => this.#socket.readyState === 1 || this.closeCode !== null);
    if (this.closeCode !== null) throw new Error(`closed with ${this.closeCode}`);
  }

  /** @param {string | Uint8Array} frame */
  sendFrame(frame) {
    this.#socket.send(frame);
  }

  /** Sends a command and resolves with its one answer: an ack or an error (D1). */
  async ask(command) {
    const id = command.id ?? `${this.#prefix}-${(this.#nextId += 1)}`;
    const before = this.heard.length;
    this.sendFrame(JSON.stringify({ ...command, id }));
    return this.next((message) => isAnswer(message) && message.id === id, before);
  }

  /** The ack's result; throws when the answer is an error. */
  async done(command) {
    const answer = await this.ask(command);
    if (answer.type === "ack") return answer.result;
    throw new Error(`${command.type} was answered ${answer.code}`);
  }

  /** The code of the error that answers; throws when it is done instead. */
  async refused(command) {
    const answer = await this.ask(command);
    if (answer.type === "error") return answer.code;
    throw new Error(`${command.type} was done`);
  }

  /** The first message since `from` that fits, when it is there. */
  next(fits, from = 0) {
    return this.until(() => this.heard.slice(from).find(fits));
  }

  /** The first that fits of those that come after this call. */
  later(fits) {
    return this.next(fits, this.heard.length);
  }

  all(type) {
    return this.heard.filter((message) => message.type === type);
  }

  /** The close code, once it is closed. */
  async closed(withinMs = 8_000) {
    await this.until(() => this.closeCode !== null, withinMs);
    return this.closeCode;
  }

  close() {
    this.#socket.close();
  }

  /** Resolves with what `look` finds, which is asked again at everything that happens. */
  until(look, withinMs = 8_000) {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        const isNeverToBe = this.closeCode !== null && !found;
        if (!found && !isNeverToBe) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        if (found) resolve(found);
        else reject(new Error(`closed with ${this.closeCode} while waiting`));
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`waited ${withinMs} ms for what never came`));
      }, withinMs);
      this.#waiting.add(check);
      check();
    });
  }

  #receive(data) {
    if (typeof data !== "string") throw new Error("a frame was not text (F3)");
    this.frames.push(data);
    const told = JSON.parse(data);
    for (const message of Array.isArray(told) ? told : [told]) {
      if (message.type === "welcome") this.resume = message.resume?.ticket ?? null;
      if (message.type === "resumeTicket") this.resume = message.ticket;
      this.heard.push(message);
    }
    this.#wake();
  }

  #wake() {
    for (const check of [...this.#waiting]) check();
  }
}

function isAnswer(message) {
  return message.type === "ack" || message.type === "error";
}

/** The messages of one room in order of `seq`, whatever way they came (R1, R3, R4, R7). */
export class RoomLog {
  messages = [];
  /** Those that came twice, or before the one that precedes them. */
  faults = [];

  /** `since` is the last that is known already. */
  constructor(since = 0) {
    this.lastSeq = since;
  }

  /** @param {readonly object[]} heard by a connection since it joined */
  take(heard, room) {
    for (const message of heard) {
      if (message.room !== room) continue;
      if (message.type === "chatMessage") this.#add(message);
      if (message.type === "replay") message.messages.forEach((each) => this.#add(each));
    }
    return this;
  }

  #add(message) {
    if (message.seq === this.lastSeq + 1) {
      this.lastSeq = message.seq;
      this.messages.push(message);
    } else {
      this.faults.push(`${message.seq} after ${this.lastSeq}`);
    }
  }
}

/** Who is present, by the list of the ack and what changed since (P2, P10). */
export class People {
  #present = new Map();

  constructor(participants) {
    for (const each of participants) this.#present.set(each.participantId, each);
  }

  /** @param {{ present: readonly object[], gone: readonly string[], reset?: true }} event */
  take({ present, gone, reset }) {
    if (reset) this.#present.clear();
    for (const each of present) this.#present.set(each.participantId, each);
    for (const id of gone) this.#present.delete(id);
  }

  get(participantId) {
    return this.#present.get(participantId);
  }

  get names() {
    return [...this.#present.values()].map(({ name }) => name).sort();
  }
}
