import { describe, expect, test } from "vitest";
import {
  addressGroup,
  clientAddress,
  isTrusted,
  makeTrustedProxies,
  shortAddress,
} from "./remoteAddress.ts";

describe("the address of a client", () => {
  const trusted = makeTrustedProxies("127.0.0.0/8, ::1, 10.1.0.0/16");

  test.each([
    ["no proxy", "198.51.100.7", "", "198.51.100.7"],
    ["a trusted proxy", "127.0.0.1", "198.51.100.7", "198.51.100.7"],
    ["a chain of trusted proxies", "::1", "198.51.100.7, 10.1.2.3", "198.51.100.7"],
    ["what a stranger wrote in front", "127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
    ["a stranger who claims to forward", "198.51.100.7", "1.2.3.4", "198.51.100.7"],
    ["nonsense behind a trusted proxy", "127.0.0.1", "unknown", "127.0.0.1"],
    ["IPv4 mapped into IPv6", "::ffff:127.0.0.1", "198.51.100.7", "198.51.100.7"],
    ["the long form", "0000:0000:0000:0000:0000:0000:0000:0001", "2001:db8::5", "2001:db8::5"],
  ])("%s", (_, peer, forwardedFor, expected) => {
    expect(clientAddress(peer, forwardedFor, trusted)).toBe(expected);
  });
});

test("one address has one text form", () => {
  expect(shortAddress("2001:0DB8:0:0:0:0:0:5")).toBe("2001:db8::5");
  expect(shortAddress("0000:0000:0000:0000:0000:ffff:c633:6407")).toBe("198.51.100.7");
  expect(shortAddress("not an address")).toBe("not an address");
});

test("an IPv6 household is one stranger, an IPv4 address is one", () => {
  expect(addressGroup("2001:db8:1:2:3:4:5:6")).toBe(addressGroup("2001:db8:1:2::9"));
  expect(addressGroup("2001:db8:1:2::9")).not.toBe(addressGroup("2001:db8:1:3::9"));
  expect(addressGroup("::1")).toBe("0:0:0:0");
  expect(addressGroup("198.51.100.7")).toBe("198.51.100.7");
});

test("a list that holds anything else is refused, naming it", () => {
  for (const bad of ["localhost", "10.0.0.0/33", "10.0.0.0/x", "::1/129"]) {
    expect(() => makeTrustedProxies(`127.0.0.1,${bad}`)).toThrow(bad);
  }
  expect(isTrusted(makeTrustedProxies(""), "127.0.0.1")).toBe(false);
});
