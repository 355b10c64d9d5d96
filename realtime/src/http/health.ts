import type { HttpReply } from "../transport/transport.ts";

/** What readiness depends on. */
export interface ReadinessParts {
  /** False once the process was asked to end. */
  readonly isAccepting: () => boolean;
  /** Rejects when Postgres does not answer. */
  readonly ping: () => Promise<void>;
}

/** 200 when a client that connects now would be served; 503 while draining or without Postgres. Never rejects. */
export async function readiness({ isAccepting, ping }: ReadinessParts): Promise<HttpReply> {
  if (!isAccepting()) return reply(503, "draining");
  try {
    await ping();
    return reply(200, "ready");
  } catch {
    return reply(503, "database unavailable");
  }
}

function reply(status: number, text: string): HttpReply {
  return { status, contentType: "text/plain; charset=utf-8", body: `${text}\n` };
}
