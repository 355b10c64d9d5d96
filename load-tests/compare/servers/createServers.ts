import { createCentrifugo } from "./centrifugo.ts";
import { createChannels } from "./channels.ts";
import { createDarasa, type GatewayPlan } from "./darasa.ts";
import { createNodePeer, socketIo, wsLoop } from "./nodePeers.ts";
import { createRawUws } from "./rawUws.ts";
import type { ServerKind } from "./server.ts";

/** All that can be compared, in the order of the table. */
export function createServers(plan: GatewayPlan): ServerKind[] {
  const { cores } = plan;
  const darasa = createDarasa(plan);
  return [
    createRawUws(cores),
    darasa,
    // The same gateway and school, whose people write in the chat.
    { ...darasa, name: "darasa-chat", title: "Darasa, stored chat", dialect: "darasa-chat" },
    createNodePeer(cores, wsLoop),
    createNodePeer(cores, socketIo),
    createCentrifugo(cores),
    createChannels(cores),
  ];
}
