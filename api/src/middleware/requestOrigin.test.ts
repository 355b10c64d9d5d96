import { describe, expect, test } from "vitest";
import { readRequestOrigin } from "./requestOrigin.ts";
import { makeTrustedProxies } from "./trustedProxies.ts";

const isTrusted = makeTrustedProxies(["127.0.0.0/8", "::1", "10.1.0.0/16"]);
const read = (headers: Record<string, string>, address = "127.0.0.1") =>
  readRequestOrigin({ host: "api:3000", ...headers }, { address, encrypted: false }, isTrusted);

describe("the address", () => {
  test.each([
    ["of the peer, when nobody forwarded", {}, "127.0.0.1", "127.0.0.1"],
    ["that a trusted peer tells", { "x-forwarded-for": "203.0.113.7" }, "127.0.0.1", "203.0.113.7"],
    [
      "of an untrusted peer, whatever it tells",
      { "x-forwarded-for": "1.2.3.4" },
      "203.0.113.7",
      "203.0.113.7",
    ],
    [
      "that the client did not make up",
      { "x-forwarded-for": "6.6.6.6, 203.0.113.7" },
      "127.0.0.1",
      "203.0.113.7",
    ],
    [
      "behind two proxies",
      { "x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.1.2.3" },
      "::1",
      "203.0.113.7",
    ],
    ["when all are proxies", { "x-forwarded-for": "10.1.9.9, 10.1.2.3" }, "::1", "10.1.9.9"],
    [
      "of IPv4 on an IPv6 socket",
      { "x-forwarded-for": "203.0.113.7" },
      "::ffff:127.0.0.1",
      "203.0.113.7",
    ],
    ["of IPv6", { "x-forwarded-for": "2001:db8::5" }, "127.0.0.1", "2001:db8::5"],
    [
      "of the proxy, when it tells something else than an address",
      { "x-forwarded-for": "6.6.6.6, 203.0.113.7:5678" },
      "127.0.0.1",
      "127.0.0.1",
    ],
    ["without words that are none", { "x-forwarded-for": " , " }, "127.0.0.1", "127.0.0.1"],
  ])("%s", (_what, headers: Record<string, string>, peer, expected) => {
    expect(read(headers, peer).clientAddress).toBe(expected);
  });
});

test("scheme and host are believed of trusted peers only", () => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "school.example" };
  expect(read(headers)).toMatchObject({ scheme: "https", host: "school.example" });
  expect(read(headers, "203.0.113.7")).toMatchObject({ scheme: "http", host: "api:3000" });
});

test.each(["x", "1.2.3.4/33", "1.2.3.4/x", "::1/129", "example.org"])(
  "%j is no trusted proxy",
  (entry) => {
    expect(() => makeTrustedProxies([entry])).toThrow("TRUSTED_PROXIES");
  },
);
