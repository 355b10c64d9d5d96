import { BlockList, isIP } from "node:net";

/** Addresses and CIDR ranges whose `X-Forwarded-…` headers are believed. */
export interface TrustedProxies {
  readonly list: BlockList;
  /** What was found of the addresses of late: nearly everybody comes through the same few proxies. */
  readonly found: Map<string, boolean>;
}

/** More are forgotten, all at once. */
const maxFound = 1_000;

/**
 * Reads a comma-separated list of addresses and CIDR ranges.
 *
 * @throws TypeError naming the entry that is neither
 */
export function makeTrustedProxies(list: string): TrustedProxies {
  const trusted = new BlockList();
  for (const entry of list.split(",").map((part) => part.trim())) {
    if (entry !== "") addEntry(trusted, entry);
  }
  return { list: trusted, found: new Map() };
}

function addEntry(trusted: BlockList, entry: string): void {
  const [address = "", prefix] = entry.split("/");
  const version = isIP(address);
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) {
    throw new TypeError(`not an address or CIDR range: ${entry}`);
  }
  trusted.addSubnet(address, bits, version === 4 ? "ipv4" : "ipv6");
}

/** True when the headers that this peer forwards are believed. */
export function isTrusted({ list, found }: TrustedProxies, address: string): boolean {
  const known = found.get(address);
  if (known !== undefined) return known;
  const version = isIP(address);
  const isOne = version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
  if (found.size >= maxFound) found.clear();
  found.set(address, isOne);
  return isOne;
}

/**
 * The address of the browser: from the right of `X-Forwarded-For`, the first that is not a trusted
 * proxy's. What stands left of it was written by strangers.
 */
export function clientAddress(peer: string, forwardedFor: string, trusted: TrustedProxies): string {
  let address = shortAddress(peer);
  if (forwardedFor === "") return address;
  for (const hop of forwardedFor.split(",").reverse()) {
    const next = shortAddress(hop.trim());
    if (!isTrusted(trusted, address) || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

/** One text form per address: RFC 5952, and IPv4 as such when it comes mapped into IPv6. */
export function shortAddress(text: string): string {
  if (!text.includes(":") || isIP(text) !== 6) return text;
  const short = new URL(`http://[${text.split("%")[0] ?? ""}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  const [high, low] = [parseInt(mapped[1] ?? "0", 16), parseInt(mapped[2] ?? "0", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** What counts as one stranger: an IPv4 address, or the /64 that one IPv6 household gets (RFC 6177). */
export function addressGroup(address: string): string {
  if (!address.includes(":") || isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::") ? 8 - left.length - right.length : 0;
  return [...left, ...Array<string>(zeros).fill("0"), ...right].slice(0, 4).join(":");
}
