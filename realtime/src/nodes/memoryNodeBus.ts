import { createFollowedChannels, type FollowedChannels } from "./followedChannels.ts";
import type { NodeBus, NodeId, NodeListener, NodeNotice, RoomNotice } from "./nodeBus.ts";

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
  const members = new Set<Member>();
  const claims = new Map<string, number>();
  let isCut = false;

  function tell(from: NodeId, notice: unknown, deliver: (to: Member, copy: unknown) => void): void {
    if (isCut) return;
    const text = JSON.stringify(notice);
    const others = [...members].filter(({ nodeId }) => nodeId !== from);
    setImmediate(() => {
      for (const other of others) if (members.has(other)) deliver(other, JSON.parse(text));
    });
  }

  return {
    join(nodeId) {
      const member: Member = { nodeId, followed: createFollowedChannels(), listener: null };
      members.add(member);
      return {
        nodeId,
        get isConnected() {
          return !isCut;
        },
        listen(listener) {
          member.listener = listener;
          setImmediate(() => listener.missed());
        },
        follow(channel) {
          if (!member.followed.add(channel)) return;
          if (!isCut) setImmediate(() => member.listener?.followed([channel]));
        },
        leave: (channel) => void member.followed.remove(channel),
        say: (channel, notice) =>
          tell(nodeId, notice, ({ followed, listener }, copy) => {
            if (followed.has(channel)) listener?.heard(channel, nodeId, copy as RoomNotice);
          }),
        sayToAll: (notice) =>
          tell(nodeId, notice, ({ listener }, copy) =>
            listener?.heardByAll(nodeId, copy as NodeNotice),
          ),
        claim(key, forMs) {
          if (isCut) return Promise.resolve("unknown");
          const nowMs = performance.now();
          if ((claims.get(key) ?? 0) > nowMs) return Promise.resolve("taken");
          claims.set(key, nowMs + forMs);
          return Promise.resolve("first");
        },
        close() {
          members.delete(member);
          return Promise.resolve();
        },
      };
    },
    cut: () => void (isCut = true),
    mend() {
      isCut = false;
      for (const { listener } of members) setImmediate(() => listener?.missed());
    },
  };
}
