import type { Case } from "./cases.ts";
import type { Run } from "./measure.ts";
import { median, pairedRatio, type PairedRatio } from "./statistics.ts";

/** What one run says, per delivery and per connection; null where the question was another. */
export interface Figures {
  readonly cpuSecondsPerMillion: number | null;
  /** Of what stands beside the server: Darasa's Postgres. */
  readonly besideSecondsPerMillion: number | null;
  readonly deliveriesPerSecond: number | null;
  readonly messagesPerSecond: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly bytesPerDelivery: number | null;
  readonly messagesPerFrame: number | null;
  /** Of the time that was measured: near 1 the generator held the server up. */
  readonly generatorLoad: number;
  readonly residentBytesPerConnection: number | null;
  readonly connectsPerSecond: number;
  readonly cpuMicrosecondsPerConnect: number;
  readonly besideMicrosecondsPerConnect: number;
  readonly joinP99Ms: number;
  readonly idleCpuPercent: number | null;
  /** Messages that not everybody heard within 5 s, and connections or commands that failed. */
  readonly lost: number;
  readonly errors: number;
  readonly firstErrors: readonly string[];
}

/** The figures of one run. */
export function figuresOf({ measure, shape }: Case, run: Run): Figures {
  const { connected, end } = run;
  const wanted = shape.rooms * shape.members;
  return {
    ...(measure === "delivery" ? deliveryFigures(run, shape.members) : noDeliveries),
    ...(measure === "connection" ? idleFigures(run, wanted) : notIdle),
    generatorLoad: end.generatorCpuSeconds / end.seconds,
    connectsPerSecond: connected.perSecond,
    cpuMicrosecondsPerConnect: (run.connectCpuSeconds / wanted) * 1e6,
    besideMicrosecondsPerConnect: (run.connectCpuSecondsBeside / wanted) * 1e6,
    joinP99Ms: connected.joinP99Ms,
    lost: end.lost,
    errors: Math.max(end.errors, wanted - connected.connections),
    firstErrors: end.firstErrors ?? [],
  };
}

const noDeliveries = {
  cpuSecondsPerMillion: null,
  besideSecondsPerMillion: null,
  deliveriesPerSecond: null,
  messagesPerSecond: null,
  p50Ms: null,
  p99Ms: null,
  bytesPerDelivery: null,
  messagesPerFrame: null,
};
const notIdle = { residentBytesPerConnection: null, idleCpuPercent: null };

function deliveryFigures(
  { end, cpuSeconds, cpuSecondsBeside }: Run,
  members: number,
): Pick<Figures, keyof typeof noDeliveries> {
  const { deliveries, seconds } = end;
  if (deliveries === 0) return noDeliveries;
  return {
    cpuSecondsPerMillion: (cpuSeconds / deliveries) * 1e6,
    besideSecondsPerMillion: (cpuSecondsBeside / deliveries) * 1e6,
    deliveriesPerSecond: deliveries / seconds,
    messagesPerSecond: deliveries / members / seconds,
    p50Ms: end.p50Ms,
    p99Ms: end.p99Ms,
    bytesPerDelivery: end.bytes / deliveries,
    messagesPerFrame: deliveries / end.frames,
  };
}

function idleFigures(run: Run, connections: number): Pick<Figures, keyof typeof notIdle> {
  return {
    residentBytesPerConnection: (run.residentBytes - run.residentBytesBefore) / connections,
    idleCpuPercent: (run.cpuSeconds / run.end.seconds) * 100,
  };
}

/** What a row compares. */
export function compared(
  measure: Case["measure"],
  figures: Pick<Figures, "cpuSecondsPerMillion" | "residentBytesPerConnection">,
): number | null {
  return measure === "delivery" ? figures.cpuSecondsPerMillion : figures.residentBytesPerConnection;
}

/** One server's answer to one case: medians over the rounds, and its ratio to raw uWebSockets.js. */
export interface Row {
  readonly server: string;
  readonly title: string;
  readonly medians: Omit<Figures, "firstErrors">;
  readonly ratio: PairedRatio | null;
  /** In the order of the rounds; null where it failed. */
  readonly rounds: readonly (Figures | null)[];
}

/** The row of a server, beside what raw uWebSockets.js did in the same rounds. */
export function rowOf(
  { measure }: Pick<Case, "measure">,
  server: { readonly name: string; readonly title: string },
  rounds: { readonly own: readonly (Figures | null)[]; readonly base: readonly (Figures | null)[] },
): Row {
  const value = (figures: Figures | null) => figures && compared(measure, figures);
  return {
    server: server.name,
    title: server.title,
    medians: mediansOf(rounds.own.filter((figures) => figures !== null)),
    ratio: pairedRatio(rounds.own.map(value), rounds.base.map(value)),
    rounds: rounds.own,
  };
}

/** Of losses and errors all are told, not the median. */
function mediansOf(all: readonly Figures[]): Row["medians"] {
  const of = (name: keyof Omit<Figures, "firstErrors">): number =>
    median(all.map((figures) => figures[name] ?? Number.NaN));
  const orNull = (name: keyof Omit<Figures, "firstErrors">): number | null => {
    const value = of(name);
    return Number.isNaN(value) ? null : value;
  };
  const sum = (name: "lost" | "errors"): number =>
    all.reduce((total, figures) => total + figures[name], 0);
  return {
    cpuSecondsPerMillion: orNull("cpuSecondsPerMillion"),
    besideSecondsPerMillion: orNull("besideSecondsPerMillion"),
    deliveriesPerSecond: orNull("deliveriesPerSecond"),
    messagesPerSecond: orNull("messagesPerSecond"),
    p50Ms: orNull("p50Ms"),
    p99Ms: orNull("p99Ms"),
    bytesPerDelivery: orNull("bytesPerDelivery"),
    messagesPerFrame: orNull("messagesPerFrame"),
    generatorLoad: of("generatorLoad"),
    residentBytesPerConnection: orNull("residentBytesPerConnection"),
    connectsPerSecond: of("connectsPerSecond"),
    cpuMicrosecondsPerConnect: of("cpuMicrosecondsPerConnect"),
    besideMicrosecondsPerConnect: of("besideMicrosecondsPerConnect"),
    joinP99Ms: of("joinP99Ms"),
    idleCpuPercent: orNull("idleCpuPercent"),
    lost: sum("lost"),
    errors: sum("errors"),
  };
}
