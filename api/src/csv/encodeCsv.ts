/** Spreadsheets guess another encoding without it. */
const byteOrderMark = "\uFEFF";

/**
 * A table as RFC 4180: CRLF, every field quoted, UTF-8 with a byte order mark. A text that a spreadsheet would
 * take for a formula is led by an apostrophe (OWASP, CSV injection).
 */
export function encodeCsv(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map(encodeRow).join("");
}

function encodeRow(fields: readonly string[]): string {
  return `${fields.map((field) => `"${neutralize(field).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

function neutralize(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
