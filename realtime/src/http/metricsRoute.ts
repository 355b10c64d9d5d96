import type { HttpReply } from "../transport/transport.ts";

/** The figures as text. */
export interface MetricsText {
  text(): Promise<string>;
  readonly contentType: string;
}

/** The figures in Prometheus' text format. Never rejects. */
export async function metricsPage(metrics: MetricsText): Promise<HttpReply> {
  try {
    return { status: 200, contentType: metrics.contentType, body: await metrics.text() };
  } catch {
    return { status: 500, contentType: "text/plain; charset=utf-8", body: "no figures\n" };
  }
}
