import { Agent, request as httpRequest } from "node:http";

/** One request of a load; `body` makes it a POST of JSON. */
export interface LoadRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What became of a load. */
export interface LoadResult {
  /** Milliseconds from when each request was due, so that a server that stalls is not flattered. */
  readonly latenciesMs: readonly number[];
  /** How many answers had which status; 0: no answer. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly seconds: number;
}

const tickMs = 2;

/**
 * Sends `perSecond` requests for `seconds`, whether answers come or not, as people would: `make` gives the n-th.
 */
export async function runOpenLoop(
  load: { readonly perSecond: number; readonly seconds: number },
  make: (index: number) => LoadRequest,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const latenciesMs: number[] = [];
  const statuses = new Map<number, number>();
  const underWay: Promise<void>[] = [];
  const total = Math.round(load.perSecond * load.seconds);
  const beganMs = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(
        total,
        Math.floor(((performance.now() - beganMs) / 1000) * load.perSecond),
      );
      for (; sent < due; sent += 1) {
        const dueMs = beganMs + (sent / load.perSecond) * 1000;
        const note = (status: number): void => {
          latenciesMs.push(performance.now() - dueMs);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        };
        underWay.push(send(agent, make(sent)).then(note, () => note(0)));
      }
      if (sent === total) {
        clearInterval(timer);
        resolve();
      }
    }, tickMs);
  });
  await Promise.all(underWay);
  agent.destroy();
  return { latenciesMs, statuses, seconds: (performance.now() - beganMs) / 1000 };
}

function send(agent: Agent, { url, headers = {}, body }: LoadRequest): Promise<number> {
  const text = body === undefined ? null : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      {
        agent,
        method: text === null ? "GET" : "POST",
        headers: { ...headers, ...(text === null ? {} : { "content-type": "application/json" }) },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(text ?? undefined);
  });
}
