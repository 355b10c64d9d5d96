/** Levels in order of weight. */
export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Writes one line for the operator; `fields` never hold tickets, chat or query strings. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

interface LogOptions {
  readonly level: LogLevel;
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** A log of JSON lines `{time, level, name, msg, …}`; errors in the fields come with stack and causes. */
export function createLog({ level, now, write }: LogOptions): Log {
  const least = logLevels.indexOf(level);
  return (lineLevel, message, fields = {}) => {
    if (logLevels.indexOf(lineLevel) < least) return;
    const time = new Date(now()).toISOString();
    const line = { time, level: lineLevel, name: "realtime", msg: message, ...fields };
    write(`${JSON.stringify(line, (_key, value: unknown) => readable(value))}\n`);
  };
}

function readable(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { message, stack, cause } = value;
  return { message, stack, ...(cause === undefined ? {} : { cause }) };
}
