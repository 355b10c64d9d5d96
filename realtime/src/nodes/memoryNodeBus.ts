import { createFollowedChannels, type FollowedChannels } from "./followedChannels.ts";
import type { Claim, NodeBus, NodeId, NodeListener, NodeNotice, RoomNotice } from "./nodeBus.ts";

interface Member {
  readonly nodeId: NodeId;
  readonly followed: FollowedChannels;
  listener: NodeListener | null;
}

/** What joins the nodes of one process. */
export interface MemoryNodes {
  /** The bus of one more node. */
  join(nodeId: NodeId): NodeBus;
  /** Nothing is heard and nothing is claimed from now on. */
  cut(): void;
  /** The end of that. */
  mend(): void;
}

/** Joins nodes of one process as Redis joins processes: later, in order, and as a copy. */
export function createMemoryNodes(): MemoryNodes {
  const nodes: SharedState = { members: new Set(), claims: new Map(), isCut: false };
  return {
    join(nodeId) {
      const member: Member = { nodeId, followed: createFollowedChannels(), listener: null };
      nodes.members.add(member);
      return createMemoryBus(member, nodes);
    },
    cut() {
      nodes.isCut = true;
    },
    mend() {
      nodes.isCut = false;
      for (const { listener } of nodes.members) setImmediate(() => listener?.missed());
    },
  };
}

interface SharedState {
  readonly members: Set<Member>;
  /** Until when each key is taken, by this process's steady clock. */
  readonly claims: Map<string, number>;
  isCut: boolean;
}

function createMemoryBus(member: Member, nodes: SharedState): NodeBus {
  const { nodeId, followed } = member;
  const sayTo = (notice: unknown, deliver: (to: Member, copy: unknown) => void) =>
    tellOthers(nodes, member, { text: JSON.stringify(notice), deliver });
  return {
    nodeId,
    counts: { said: 0, heard: 0, lost: 0 },
    get isConnected() {
      return !nodes.isCut && nodes.members.has(member);
    },
    listen(listener) {
      member.listener = listener;
      setImmediate(() => member.listener?.missed());
    },
    follow(channel) {
      if (followed.add(channel) && !nodes.isCut)
        setImmediate(() => member.listener?.followed([channel]));
    },
    leave: (channel) => void followed.remove(channel),
    say: (channel, notice) =>
      sayTo(notice, (to, copy) => {
        if (to.followed.has(channel)) to.listener?.heard(channel, nodeId, copy as RoomNotice);
      }),
    sayToAll: (notice) =>
      sayTo(notice, (to, copy) => to.listener?.heardByAll(nodeId, copy as NodeNotice)),
    claim: (key, forMs) =>
      Promise.resolve(nodes.members.has(member) ? claimIn(nodes, key, forMs) : "unknown"),
    close() {
      nodes.members.delete(member);
      member.listener = null;
      return Promise.resolve();
    },
  };
}

interface Said {
  readonly text: string;
  readonly deliver: (to: Member, copy: unknown) => void;
}

function tellOthers(nodes: SharedState, from: Member, { text, deliver }: Said): void {
  if (nodes.isCut || !nodes.members.has(from)) return;
  setImmediate(() => {
    for (const to of nodes.members) if (to !== from) deliver(to, JSON.parse(text));
  });
}

function claimIn({ claims, isCut }: SharedState, key: string, forMs: number): Claim {
  if (isCut) return "unknown";
  const nowMs = performance.now();
  if ((claims.get(key) ?? 0) > nowMs) return "taken";
  claims.set(key, nowMs + forMs);
  return "first";
}
