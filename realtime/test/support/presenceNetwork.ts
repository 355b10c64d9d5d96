import type {
  Participant,
  ParticipantId,
  PresenceEvent,
  RoomEvent,
  RoomId,
} from "@darasa/protocol";
import type { NodeBus, RoomNotice } from "../../src/nodes/nodeBus.ts";
import { createHandMemory } from "../../src/presence/handMemory.ts";
import { createPresenceNodes, type PresenceNodes } from "../../src/presence/presenceNodes.ts";
import { SliceHearer } from "../../src/presence/sliceHearer.ts";
import { SliceTeller } from "../../src/presence/sliceTeller.ts";
import { createPresenceFeed, type PresenceFeed } from "../../src/publish/presenceFeed.ts";
import type { Channel, Publisher } from "../../src/publish/publisher.ts";
import { listedParticipants } from "../../src/room/hall.ts";
import type { NodeId } from "../../src/room/nodeId.ts";
import { leave } from "../../src/room/people.ts";
import type { PresenceNotice } from "../../src/room/presenceNotice.ts";
import type { Room, Stay } from "../../src/room/room.ts";
import { createRoomRegistry } from "../../src/room/roomRegistry.ts";
import { fakeSession, fakeStay, schoolId } from "./fakeSession.ts";

/** What somebody sees who joined at some moment: the ack's list, and what they were told since (SPEC P2). */
export interface Watcher {
  readonly list: Map<ParticipantId, Participant>;
  count: number;
}

/** One node with one room, and everything of presence but sockets. */
export interface PresenceNode {
  readonly room: Room;
  readonly presence: PresenceFeed;
  readonly nodes: PresenceNodes;
  readonly watchers: Watcher[];
  isAlive: boolean;
}

/** Nodes that are joined by ways on which notices wait until a test lets them through, or not. */
export class PresenceNetwork {
  readonly nodes: PresenceNode[];
  /** What is on its way, by from and to. */
  readonly #ways: RoomNotice[][][];
  readonly #nowMs: () => number;

  constructor(size: number, nowMs: () => number) {
    this.#nowMs = nowMs;
    const indices = Array.from({ length: size }, (_, index) => index);
    this.#ways = indices.map(() => indices.map(() => []));
    this.nodes = indices.map((index) => this.#node(index));
    for (const { nodes, room } of this.nodes) nodes.followed(room);
  }

  join(node: number, name: string, role: "student" | "teacher" = "student"): void {
    const at = this.nodes[node];
    if (at?.isAlive !== true) return;
    const participantId = name as ParticipantId;
    fakeStay(at.room, fakeSession({ participantId, name }), { role, nowMs: this.#nowMs() });
    at.presence.changed(at.room, participantId);
  }

  leave(node: number, stay: Stay): void {
    const at = this.nodes[node];
    if (at?.isAlive !== true) return;
    leave(stay);
    at.presence.changed(at.room, stay.session.identity.participantId);
  }

  /** Begins to watch, as a join does. */
  watch(node: number): void {
    const at = this.nodes[node];
    if (at === undefined) return;
    const listed = listedParticipants(at.room).map((one) => [one.participantId, one] as const);
    at.watchers.push({ list: new Map(listed), count: at.room.people.size });
  }

  /** Lets so many through of what waits longest, on one way. */
  deliver(from: number, to: number, count: number): void {
    for (const notice of this.#take(from, to, count)) this.#hear(from, to, notice);
  }

  lose(from: number, to: number, count: number): void {
    this.#take(from, to, count);
  }

  /** The oldest comes now, and once more later. */
  repeat(from: number, to: number): void {
    const [notice] = this.#ways[from]?.[to] ?? [];
    if (notice !== undefined) this.#hear(from, to, notice);
  }

  /** Ends a node without a word. */
  kill(node: number): void {
    const at = this.nodes[node];
    if (at !== undefined) at.isAlive = false;
  }

  /** Lets through everything, and what it makes others say, until `pass` brings nothing new. */
  settle(pass: () => void): void {
    const waits = () => this.#ways.flat(2).length > 0;
    do {
      for (const [from, ways] of this.#ways.entries()) {
        for (const to of ways.keys()) this.deliver(from, to, Number.MAX_SAFE_INTEGER);
      }
      pass();
    } while (waits());
  }

  #take(from: number, to: number, count: number): RoomNotice[] {
    return this.#ways[from]?.[to]?.splice(0, count) ?? [];
  }

  #hear(from: number, to: number, notice: RoomNotice): void {
    const at = this.nodes[to];
    if (at?.isAlive !== true) return;
    const copy = JSON.parse(JSON.stringify(notice)) as PresenceNotice;
    at.nodes.heard(at.room, `node ${String(from)}` as NodeId, copy);
  }

  #node(index: number): PresenceNode {
    const watchers: Watcher[] = [];
    const rooms = createRoomRegistry();
    const room = rooms.hold(schoolId, "room" as RoomId);
    const publish = (_channel: Channel, event: RoomEvent) => {
      if (event.type === "presence") for (const watcher of watchers) apply(watcher, event);
    };
    const publisher = { publish } as Publisher;
    const bus = {
      nodeId: `node ${String(index)}` as NodeId,
      isConnected: true,
      say: (_channel, notice) => {
        if (this.nodes[index]?.isAlive === false) return;
        for (const [to, way] of (this.#ways[index] ?? []).entries())
          if (to !== index) way.push(notice);
      },
    } as NodeBus;
    const teller = new SliceTeller({ bus, rooms });
    const presence = createPresenceFeed({
      publisher,
      rooms,
      intervalMs: 250,
      hallIntervalMs: 1_000,
      changedHere: (at, id) => teller.changed(at, id),
      now: this.#nowMs,
    });
    const uptimeMs = this.#nowMs;
    const keepHand = createHandMemory(rooms, 10_000);
    const hearer = new SliceHearer({ bus, presence, keepHand, uptimeMs });
    const none = () => undefined;
    const inClass = { seats: none, signal: none, mute: none, lowerHand: none };
    const sliceLifeMs = 25_000;
    const parts = { bus, rooms, teller, hearer, inClass, sliceLifeMs, uptimeMs };
    return { room, presence, nodes: createPresenceNodes(parts), watchers, isAlive: true };
  }
}

/** As a client does it. */
function apply(watcher: Watcher, { present, gone, count, reset }: PresenceEvent): void {
  if (reset === true) watcher.list.clear();
  for (const participant of present) watcher.list.set(participant.participantId, participant);
  for (const id of gone) watcher.list.delete(id);
  watcher.count = count;
}
