import type { NodeBus, NodeId } from "./nodeBus.ts";

/** The bus of a node that is alone: nobody to hear, nobody to tell. */
export function createLoneNodeBus(nodeId: NodeId): NodeBus {
  return {
    nodeId,
    isConnected: false,
    counts: { said: 0, heard: 0, lost: 0 },
    listen: () => undefined,
    follow: () => undefined,
    leave: () => undefined,
    say: () => undefined,
    sayToAll: () => undefined,
    claim: () => "unknown",
    close: () => Promise.resolve(),
  };
}
