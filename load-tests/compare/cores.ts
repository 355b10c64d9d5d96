import { availableParallelism } from "node:os";

/** Which processors the servers have, and which the generator, as `taskset` takes them. */
export interface Cores {
  readonly servers: string;
  readonly generator: string;
}

/**
 * One core for all of a server, another for the generator: what a server does on more cores is not asked here.
 * @throws Error on a machine with one core, where each would take the other's time
 */
export function chooseCores(count = availableParallelism()): Cores {
  if (count < 2)
    throw new Error("The benchmark needs two cores: one for servers, one for clients.");
  return { servers: "0", generator: "1" };
}
