import { describe } from "vitest";
import { createMemoryNodes } from "./memoryNodeBus.ts";
import { describeNodeBus } from "./nodeBus.contract.ts";

describe("the bus in memory", () => {
  describeNodeBus(() => {
    const nodes = createMemoryNodes();
    return Promise.resolve({
      join: (nodeId) => nodes.join(nodeId),
      cut() {
        nodes.cut();
        return Promise.resolve();
      },
      mend() {
        nodes.mend();
        return Promise.resolve();
      },
    });
  });
});
