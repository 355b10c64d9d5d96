import type { Publisher } from "./publisher.ts";

/** The same publisher, and how many events were told to rooms by it. */
export function countEvents(publisher: Publisher): Publisher & { readonly published: number } {
  let published = 0;
  return {
    ...publisher,
    publish(channel, event) {
      published += 1;
      publisher.publish(channel, event);
    },
    publishEverywhere(channel, event) {
      published += 1;
      publisher.publishEverywhere(channel, event);
    },
    get published() {
      return published;
    },
  };
}
