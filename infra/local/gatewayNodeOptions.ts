/**
 * How Node runs a gateway: one helper thread, and young objects in little space. A gateway is a loop on one core, of
 * which a machine runs several; by default each would keep helpers and space for four. `compose.yaml` has the same.
 */
export const gatewayNodeOptions: readonly string[] = [
  "--v8-pool-size=1",
  "--max-semi-space-size=4",
];
