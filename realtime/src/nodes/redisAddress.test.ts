import { expect, test } from "vitest";
import { parseRedisAddress } from "./redisAddress.ts";

test("a plain Redis: host, port, database, credentials, TLS", () => {
  expect(parseRedisAddress("redis://redis")).toMatchObject({
    kind: "plain",
    places: [{ host: "redis", port: 6379 }],
    database: 0,
    isEncrypted: false,
  });
  expect(parseRedisAddress("rediss://darasa:p%40ss%2Fword@10.0.0.7:6380/2")).toEqual({
    kind: "plain",
    places: [{ host: "10.0.0.7", port: 6380 }],
    database: 2,
    username: "darasa",
    password: "p@ss/word",
    isEncrypted: true,
  });
  expect(parseRedisAddress("redis://:secret@[::1]:7000").places).toEqual([
    { host: "::1", port: 7000 },
  ]);
});

test("a Cluster, and Sentinels, by several of their addresses", () => {
  expect(parseRedisAddress("redis+cluster://:secret@a:7000,b:7001")).toMatchObject({
    kind: "cluster",
    places: [
      { host: "a", port: 7000 },
      { host: "b", port: 7001 },
    ],
    password: "secret",
  });
  expect(parseRedisAddress("rediss+sentinel://a,b:1/main?sentinelPassword=x%26y")).toMatchObject({
    kind: "sentinel",
    places: [
      { host: "a", port: 26_379 },
      { host: "b", port: 1 },
    ],
    master: "main",
    sentinelPassword: "x&y",
    isEncrypted: true,
  });
});

test.each([
  "",
  "redis",
  "http://redis",
  "redis://",
  "redis://a:99999",
  "redis://a,b",
  "redis://a/first",
  "redis+sentinel://a",
  "redis+cluster://a,,b",
  "redis://user:hidden%zz@a",
])("%s is no address, and what is wrong is told without a password", (text) => {
  expect(() => parseRedisAddress(text)).toThrow(TypeError);
  expect(() => parseRedisAddress(text)).not.toThrow(/hidden/);
});
