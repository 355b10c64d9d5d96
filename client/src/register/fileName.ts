/** What no system takes in the name of a file, and spaces around it. */
const forbidden = /[\s\p{Cc}\\/:*?"<>|]+/gu;

/** A name for a file that says what is in it: the parts that there are, and the day (this device's), with its kind. */
export function fileName(
  parts: readonly (string | undefined)[],
  { atMs, kind }: { readonly atMs: number; readonly kind: "csv" | "xlsx" },
): string {
  const at = new Date(atMs);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const named = parts.flatMap((part) => (part ? [part.replaceAll(forbidden, " ").trim()] : []));
  return `${[...named, day].join("-")}.${kind}`;
}
