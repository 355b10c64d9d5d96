import { BlockList, isIP } from "node:net";

/** Tells whether an address is one of the proxies whose `X-Forwarded-…` headers count. */
export type IsTrustedProxy = (address: string) => boolean;

/**
 * Reads a list of addresses and CIDR ranges.
 * @throws RangeError naming the first that is neither
 */
export function makeTrustedProxies(list: readonly string[]): IsTrustedProxy {
  const trusted = new BlockList();
  for (const entry of list) addEntry(trusted, entry);
  return (address) => {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && trusted.check(plain, version === 6 ? "ipv6" : "ipv4");
  };
}

/** An IPv4 address that arrived on an IPv6 socket, as IPv4 (RFC 4291 §2.5.5.2). */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function addEntry(trusted: BlockList, entry: string): void {
  const [address = "", bits] = entry.split("/");
  const version = isIP(address);
  const max = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? max : Number(bits);
  if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > max) {
    throw new RangeError(`TRUSTED_PROXIES: ${entry} is neither an address nor a CIDR range`);
  }
  trusted.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
}
