import type { Measure } from "./runK6.ts";

/** One line a measure, those that break a threshold marked; k6's own are left out but for what it received. */
export function describeMeasures(measures: Readonly<Record<string, Measure>>): string {
  const own = Object.entries(measures).filter(
    ([name]) => !/^(ws|http|data|iteration|vus|checks)/.test(name),
  );
  return own
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, measure]) => `${name.padEnd(18)} ${describe(measure)}${broken(measure)}`)
    .join("\n");
}

function describe({ type, values }: Measure): string {
  if (type !== "trend") return String(values["count"] ?? values["value"] ?? 0).padStart(9);
  const ms = (key: string) => `${(values[key] ?? 0).toFixed(0)} ms`.padStart(9);
  return `${ms("med")} median ${ms("p(95)")} p95 ${ms("p(99)")} p99 ${ms("max")} most`;
}

function broken({ thresholds = {} }: Measure): string {
  const wrong = Object.entries(thresholds).filter(([, { ok }]) => !ok);
  return wrong.map(([rule]) => `   BROKEN: ${rule}`).join("");
}
