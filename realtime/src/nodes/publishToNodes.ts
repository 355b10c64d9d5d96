import type { Publisher } from "../publish/publisher.ts";
import type { NodeBus } from "./nodeBus.ts";

/** A publisher whose `publishEverywhere` reaches the subscribers of all nodes. */
export function publishToNodes(local: Publisher, bus: Pick<NodeBus, "say">): Publisher {
  return {
    ...local,
    publishEverywhere(channel, event) {
      local.publish(channel, event);
      bus.say(channel, { kind: "event", event });
    },
  };
}
