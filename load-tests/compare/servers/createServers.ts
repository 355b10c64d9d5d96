import { createDarasa } from "./darasa.ts";
import { createRawUws } from "./rawUws.ts";
import type { ServerKind } from "./server.ts";

/** All that can be compared, in the order of the table. */
export function createServers(cores: string, checkout: string): ServerKind[] {
  const darasa = createDarasa(cores, checkout);
  return [
    createRawUws(cores),
    darasa,
    // The same gateway and school, whose people write in the chat.
    { ...darasa, name: "darasa-chat", title: "Darasa, stored chat", dialect: "darasa-chat" },
  ];
}
