/** Newer versions know it no more: they do so anyway. */
const asyncContextFrame = "--experimental-async-context-frame";

/**
 * How Node runs a gateway: one helper thread, and young objects in little space. A gateway is a loop on one core, of
 * which a machine runs several; by default each would keep helpers and space for four. What the database's library
 * carries through the promises of a transaction is carried as in Node 24: otherwise every promise of the process, and
 * every call from a socket, costs more from the first transaction on. `compose.yaml` has the same.
 */
export const gatewayNodeOptions: readonly string[] = [
  "--v8-pool-size=1",
  "--max-semi-space-size=8",
  ...(process.allowedNodeEnvironmentFlags.has(asyncContextFrame) ? [asyncContextFrame] : []),
];
