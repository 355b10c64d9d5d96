import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";

const realtimeTimeoutMs = 2_000;

/** Resolves when the database and a gateway answer. @throws DarasaError unavailable naming what does not */
export async function checkReadiness(
  services: Pick<Services, "config" | "database">,
): Promise<void> {
  const checks = { database: services.database.ping(), realtime: reachRealtime(services) };
  const outcomes = await Promise.allSettled(Object.values(checks));
  const away = Object.keys(checks).filter((_, index) => outcomes[index]?.status === "rejected");
  if (away.length === 0) return;
  throw new DarasaError("unavailable", { details: { detail: `away: ${away.join(", ")}` } });
}

/** One gateway is enough: whoever was at another comes to it. */
async function reachRealtime({ config }: Pick<Services, "config">): Promise<void> {
  await Promise.any(config.REALTIME_URL.map(reachGateway));
}

async function reachGateway(url: string): Promise<void> {
  const response = await fetch(new URL("/livez", url), {
    signal: AbortSignal.timeout(realtimeTimeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`realtime answers ${response.status}`);
}
