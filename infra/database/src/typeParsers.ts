import { createTypeParserPreset, type DriverTypeParser } from "slonik";

/** How column values arrive: timestamps as epoch ms, `bigint` and `count(*)` as numbers. */
export const typeParsers: readonly DriverTypeParser[] = [
  ...createTypeParserPreset().filter(({ name }) => name !== "int8"),
  { name: "int8", parse: parseBigint },
];

/** @throws RangeError for what a number cannot hold exactly; ours are counters and stay far below. */
export function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the safe integers.`);
  return value;
}
