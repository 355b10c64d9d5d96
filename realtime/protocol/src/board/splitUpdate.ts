import * as encoding from "lib0/encoding";
import * as Y from "yjs";

type Struct = Y.Item | Y.GC | Y.Skip;

/**
 * The same update as several of about `pieceBytes`, each of which can be applied when those before are: a
 * peer on a thin network hears something between them, and no socket has to hold a whole document.
 */
export function splitUpdate(update: Uint8Array, pieceBytes: number): Uint8Array[] {
  if (update.length <= pieceBytes) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const pieces: Uint8Array[] = [];
  let piece = new Piece();
  const cut = (): void => {
    if (piece.bytes === 0) return;
    pieces.push(piece.encode());
    piece = new Piece();
  };
  for (const struct of causalOrder(structs)) {
    piece.addStruct(struct);
    if (piece.bytes >= pieceBytes) cut();
  }
  ds.clients.forEach((ranges, client) => {
    for (const { clock, len } of ranges) {
      piece.addDelete(client, clock, len);
      if (piece.bytes >= pieceBytes) cut();
    }
  });
  cut();
  return pieces;
}

/** An update in Yjs' first format, being written. */
class Piece {
  bytes = 0;
  readonly #runs = new Map<number, { clock: number; count: number; encoder: Y.UpdateEncoderV1 }>();
  readonly #deletes = new Map<number, { count: number; encoder: encoding.Encoder }>();

  addStruct(struct: Struct): void {
    const { client, clock } = struct.id;
    const run = this.#runs.get(client) ?? { clock, count: 0, encoder: new Y.UpdateEncoderV1() };
    this.#runs.set(client, run);
    const before = encoding.length(run.encoder.restEncoder);
    struct.write(run.encoder, 0);
    run.count += 1;
    this.bytes += encoding.length(run.encoder.restEncoder) - before;
  }

  addDelete(client: number, clock: number, length: number): void {
    const deletes = this.#deletes.get(client) ?? { count: 0, encoder: encoding.createEncoder() };
    this.#deletes.set(client, deletes);
    const before = encoding.length(deletes.encoder);
    encoding.writeVarUint(deletes.encoder, clock);
    encoding.writeVarUint(deletes.encoder, length);
    deletes.count += 1;
    this.bytes += encoding.length(deletes.encoder) - before;
  }

  encode(): Uint8Array {
    return encoding.encode((out) => {
      encoding.writeVarUint(out, this.#runs.size);
      this.#runs.forEach(({ clock, count, encoder }, client) => {
        encoding.writeVarUint(out, count);
        encoding.writeVarUint(out, client);
        encoding.writeVarUint(out, clock);
        encoding.writeUint8Array(out, encoder.toUint8Array());
      });
      encoding.writeVarUint(out, this.#deletes.size);
      this.#deletes.forEach(({ count, encoder }, client) => {
        encoding.writeVarUint(out, client);
        encoding.writeVarUint(out, count);
        encoding.writeUint8Array(out, encoding.toUint8Array(encoder));
      });
    });
  }
}

interface Wait {
  readonly client: number;
  /** Wanted from that client: everything up to and with this clock. */
  readonly clock: number;
}

/** One client's structs in clock order, and how many of them were given out. */
interface Queue {
  readonly all: Struct[];
  next: number;
}

/** The structs so that each comes after those that it stands beside or in. */
function* causalOrder(structs: readonly Struct[]): Generator<Struct> {
  const queues = groupByClient(structs);
  /** The clock from which on a client's structs are still to come; what is not in the update is there. */
  const comingOf = (client: number): number => {
    const queue = queues.get(client);
    return queue?.all[queue.next]?.id.clock ?? Infinity;
  };
  for (const [client, first] of queues) {
    const waits: (Wait & { readonly queue: Queue })[] = [{ client, clock: Infinity, queue: first }];
    for (let wait = waits.at(-1); wait !== undefined; wait = waits.at(-1)) {
      const struct = wait.queue.all[wait.queue.next];
      if (struct === undefined || struct.id.clock > wait.clock) {
        waits.pop();
        continue;
      }
      const missing = missingNeighbour(struct, comingOf);
      const queue = missing === null ? undefined : queues.get(missing.client);
      // Nothing waits for itself in a document; if it did, the peer would have to park it.
      if (missing !== null && queue !== undefined && !isAwaited(waits, missing.client)) {
        waits.push({ ...missing, queue });
        continue;
      }
      wait.queue.next += 1;
      yield struct;
    }
  }
}

function groupByClient(structs: readonly Struct[]): Map<number, Queue> {
  const queues = new Map<number, Queue>();
  for (const struct of structs) {
    const queue = queues.get(struct.id.client) ?? { all: [], next: 0 };
    queue.all.push(struct);
    queues.set(struct.id.client, queue);
  }
  return queues;
}

function isAwaited(waits: readonly Wait[], client: number): boolean {
  return waits.some((wait) => wait.client === client);
}

function missingNeighbour(struct: Struct, comingOf: (client: number) => number): Wait | null {
  if (!(struct instanceof Y.Item)) return null;
  const parent: unknown = struct.parent;
  const neighbours = [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null];
  return (
    neighbours.find(
      (id) => id !== null && id.client !== struct.id.client && id.clock >= comingOf(id.client),
    ) ?? null
  );
}
