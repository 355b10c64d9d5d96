import { lookup as lookUp, type LookupAddress, type LookupOptions } from "node:dns";
import { BlockList, isIP } from "node:net";

/** What is not of the public internet (IANA's special-purpose registries, RFC 6890), and ways around through IPv6. */
const inside = new BlockList();
const subnets: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];
for (const [address, bits] of subnets) inside.addSubnet(address, bits, familyOf(address));

/** A server that a school named is at an address that is not of the public internet. */
export class PrivateAddressError extends Error {
  constructor() {
    super("The name leads to an address that is not public.");
    this.name = "PrivateAddressError";
  }
}

/** Whether it is an address of the public internet, as text, IPv6 without brackets. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) !== 0 && !inside.check(address, familyOf(address));
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * `dns.lookup` for sockets, that fails with a PrivateAddressError where one of a name's addresses is not public: what is
 * looked at is what is then connected to. Sockets do not ask it for addresses: see `requestPublic`.
 */
export function lookUpPublic(name: string, options: LookupOptions, done: Found): void {
  lookUp(name, { ...options, all: true }, (error, addresses) => {
    if (error) {
      done(error, []);
      return;
    }
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      done(new PrivateAddressError(), []);
    } else if (options.all === true) {
      done(null, addresses);
    } else {
      done(null, first.address, first.family);
    }
  });
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return address.includes(":") ? "ipv6" : "ipv4";
}
