/**
 * A `Content-Disposition` with that name of a file (RFC 6266): in ASCII for old browsers, in UTF-8 (RFC 8187) for others.
 * What could end the value, or lead to another folder, is not in either.
 */
export function attachmentHeader(as: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[\p{Cc}/\\:*?"<>|]/gu, " ").trim();
  const ascii = plain
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/[%;]/g, " ")
    .trim();
  const encoded = encodeURIComponent(plain).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${as}; filename="${ascii || "recording.mp4"}"; filename*=UTF-8''${encoded}`;
}
