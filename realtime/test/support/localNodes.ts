import { createMemoryNodes, type MemoryNodes } from "../../src/nodes/memoryNodeBus.ts";
import { startLocalSchool, type LocalPlan, type LocalSchool } from "./localSchool.ts";
import { signGatewayTicket } from "./signTicket.ts";
import { TestClient } from "./testClient.ts";
import type { TestPerson } from "./testSchool.ts";

/** Two gateways inside the test's own process over one database, joined in memory. */
export interface LocalNodes {
  readonly bus: MemoryNodes;
  readonly here: LocalSchool;
  /** Knows the people and rooms of `here`. */
  readonly there: Pick<LocalSchool, "gateway" | "complaints">;
  /** Connects to the other node and joins the running class. */
  readonly enterThere: (person: TestPerson) => Promise<TestClient>;
  stop(): Promise<void>;
}

/** Starts them with the same plan. */
export async function startLocalNodes(plan: LocalPlan = {}): Promise<LocalNodes> {
  const bus = createMemoryNodes();
  const joined: LocalPlan = { ...plan, joinNodes: (nodeId) => bus.join(nodeId) };
  const here = await startLocalSchool(joined);
  const { appUrl, writerUrl } = here.database;
  const there = await startLocalSchool({
    ...joined,
    settings: () => Promise.resolve({ databaseUrl: appUrl, writerUrl, ticketKey: here.ticketKey }),
  });
  return {
    bus,
    here,
    there,
    async enterThere(person) {
      const ticket = await signGatewayTicket(here.ticketKey, person);
      const client = await TestClient.hello(there.gateway.port, ticket);
      const { room, liveClass } = here;
      await client.acked({ type: "joinRoom", room, liveClass });
      return client;
    },
    async stop() {
      await there.stop();
      await here.stop();
    },
  };
}
