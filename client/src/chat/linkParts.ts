/** A piece of a message: plain text, or with `href` a link that is safe to follow. */
export interface TextPart {
  readonly text: string;
  readonly href: string | null;
}

const candidate = /https?:\/\/[^\s<>"']+/giu;
/** What usually ends the sentence rather than the address. */
const trailing = /[.,;:!?…*_~\]}]+$/u;

/**
 * The text in pieces, in order; joined they are the text. Only http and https addresses become links, since
 * other schemes can run code; everything else stays text, whatever it looks like.
 */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const address = trimAddress(match[0]);
    const href = safeHref(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** Takes off punctuation, and a closing bracket that the address did not open. */
function trimAddress(address: string): string {
  const trimmed = address.replace(trailing, "");
  const isOpen = count(trimmed, "(") >= count(trimmed, ")");
  return trimmed.endsWith(")") && !isOpen ? trimAddress(trimmed.slice(0, -1)) : trimmed;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function safeHref(address: string): string | null {
  const url = parseUrl(address);
  if (url === null) return null;
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  // A name before the host ("https://bank.example@evil.example") serves only to mislead.
  return isWeb && url.username === "" && url.password === "" ? url.href : null;
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
