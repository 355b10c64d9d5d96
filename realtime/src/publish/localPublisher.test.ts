import { describe } from "vitest";
import { createLocalPublisher } from "./localPublisher.ts";
import { describePublisher } from "./publisher.contract.ts";
import type { Channel, Frame } from "./publisher.ts";

describe("local publisher", () => {
  describePublisher(() => {
    const frames: [Channel, Frame][] = [];
    return {
      publisher: createLocalPublisher((channel, frame) => frames.push([channel, frame])),
      delivered: (channel) => frames.filter(([name]) => name === channel).map(([, frame]) => frame),
    };
  });
});
