/**
 * The text of a CSV file: UTF-8, or what spreadsheets on Windows write when nobody asked them for UTF-8. UTF-16,
 * which some call "Unicode text", is known by its byte order mark.
 */
export function decodeRosterFile(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
