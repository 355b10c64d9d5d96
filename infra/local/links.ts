import { networkInterfaces } from "node:os";
import type { LocalConfig } from "./config.ts";

/** Where people go. */
export interface Links {
  readonly baseUrl: string;
  /** Signs the demo teacher in: for the person at this terminal. */
  readonly teacherUrl: string;
  readonly studentsUrl: string;
  /** The same program by this machine's addresses in the local network, when it listens there. */
  readonly networkUrls: readonly string[];
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
const anyAddress = new Set(["0.0.0.0", "::"]);

/** The links of this configuration; the demo key rides behind `#`, which browsers do not send. */
export function makeLinks(config: LocalConfig, demoKey: string, code: string): Links {
  const { host, port, tls, publicUrl } = config;
  const at = (name: string) =>
    `${tls ? "https" : "http"}://${name.includes(":") ? `[${name}]` : name}:${port}`;
  const local = loopback.has(host) || anyAddress.has(host) ? at("localhost") : at(host);
  const baseUrl = publicUrl ?? local;
  return {
    baseUrl,
    teacherUrl: `${baseUrl}/demo#${demoKey}`,
    studentsUrl: `${baseUrl}/join/${code}`,
    networkUrls: anyAddress.has(host) ? networkAddresses().map(at) : [],
  };
}

function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === "IPv4" && !address.internal)
    .map((address) => address?.address ?? "");
}
