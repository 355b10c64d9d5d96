import { describe } from "vitest";
import { describeTransport } from "./transport.contract.ts";
import { createUwsTransport } from "./uws.ts";

describe("transport on uWebSockets.js", () => describeTransport(createUwsTransport));
