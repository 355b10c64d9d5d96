import { isIPv6 } from "node:net";

const groupsOfNetwork = 4;
const groupsOfAddress = 8;

/**
 * What counts as one visitor where visitors are limited: an IPv4 address, or the /64 of an IPv6 address, since
 * every household has all 2^64 addresses of one (RFC 6177).
 */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address;
  const [bare = ""] = address.split("%");
  // The URL parser knows all ways to write an address, and writes the shortest (RFC 5952).
  const shortest = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = shortest
    .split("::")
    .map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(groupsOfAddress - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].slice(0, groupsOfNetwork).join(":");
}
