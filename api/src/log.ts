/** Levels in order of weight. */
export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Writes one line; `fields` never hold secrets or query strings. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** Where lines go and which. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** A log of JSON lines `{time, level, name, msg, …}`; errors among the fields become text with their stack. */
export function makeLog(options: LogOptions): Log {
  const lowest = logLevels.indexOf(options.level);
  return (level, message, fields = {}) => {
    if (logLevels.indexOf(level) < lowest) return;
    const line = {
      time: new Date(options.now()).toISOString(),
      level,
      name: "api",
      msg: message,
      ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, readable(value)])),
    };
    options.write(`${JSON.stringify(line)}\n`);
  };
}

function readable(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const cause = value.cause === undefined ? "" : `\ncaused by ${String(readable(value.cause))}`;
  return `${value.stack ?? value.message}${cause}`;
}
