import { describe } from "vitest";
import { describeTransport } from "./transport.contract.ts";
import { createWsTransport } from "./ws.ts";

describe("transport on ws", () => describeTransport(createWsTransport));
