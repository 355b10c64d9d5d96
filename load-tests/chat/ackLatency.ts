/** How many messages were acked, by how long that took at most (ms); the last of them is all. */
export type AckCounts = ReadonlyMap<number, number>;

/** Reads a gateway's own histogram of the time from a message to its ack. */
export async function readAckCounts(port: number): Promise<AckCounts> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const line = /^darasa_ack_seconds_bucket\{([^}]*)\} (\d+)/gm;
  const counts = [...(await answer.text()).matchAll(line)]
    .filter(([, labels = ""]) => labels.includes('command="sendMessage"'))
    .map(([, labels = "", count]): [number, number] => {
      const bound = /le="([^"]+)"/.exec(labels)?.[1] ?? "+Inf";
      return [bound === "+Inf" ? Infinity : Number(bound) * 1_000, Number(count)];
    });
  return new Map(counts);
}

/** The smallest bound (ms) that this share of the acks between two readings kept to; NaN without acks. */
export function ackBoundMs(before: AckCounts, after: AckCounts, share: number): number {
  const between = (bound: number) => (after.get(bound) ?? 0) - (before.get(bound) ?? 0);
  const all = between(Infinity);
  const bounds = [...after.keys()].sort((a, b) => a - b);
  return all === 0 ? NaN : (bounds.find((bound) => between(bound) >= all * share) ?? NaN);
}
