import { describe, expect, it } from "vitest";
import { loadLocalConfig } from "./config.ts";
import { makeLinks } from "./links.ts";

const linksOf = (environment: NodeJS.ProcessEnv) =>
  makeLinks(loadLocalConfig(environment, "/checkout"), "key", "ABC234");

describe("makeLinks", () => {
  it.each([
    [{}, "http://localhost:3000"],
    [{ PORT: "3100" }, "http://localhost:3100"],
    [{ HOST: "0.0.0.0" }, "http://localhost:3000"],
    [{ HOST: "192.168.1.5" }, "http://192.168.1.5:3000"],
    [{ HOST: "fd00::5", PORT: "80" }, "http://[fd00::5]:80"],
    [{ TLS_CERT_FILE: "/cert.pem" }, "https://localhost:3000"],
    [{ PUBLIC_URL: "https://darasa.example.org/" }, "https://darasa.example.org"],
  ])("%j is reached at %s", (environment, baseUrl) => {
    expect(linksOf(environment)).toMatchObject({
      baseUrl,
      teacherUrl: `${baseUrl}/demo#key`,
      studentsUrl: `${baseUrl}/join/ABC234`,
    });
  });

  it("names this machine's addresses in the network only when it listens there", () => {
    expect(linksOf({}).networkUrls).toEqual([]);
    for (const url of linksOf({ HOST: "0.0.0.0" }).networkUrls) {
      expect(url).toMatch(/^http:\/\/[\d.]+:3000$/);
      expect(url).not.toContain("127.0.0.1");
    }
  });
});
