import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findFreePort } from "../../../infra/local/freePort.ts";
import { gatewayNodeOptions } from "../../../infra/local/gatewayNodeOptions.ts";
import { makeTicketKey } from "../../school/gatewayNode.ts";
import {
  startLoadPostgres,
  type DatabasePlace,
  type LoadPostgres,
} from "../../school/loadPostgres.ts";
import { stripTypes } from "../../../infra/local/stripTypes.ts";
import { cacheFolder } from "../cache.ts";
import { launch } from "../launch.ts";
import { describeCheckout } from "../machine.ts";
import { createPeopleFiles, type PeopleFiles } from "./peopleFiles.ts";
import type { ServerKind } from "./server.ts";

/** The gateway that is measured unless another checkout is named. */
export const ownCheckout = join(import.meta.dirname, "../../..");

/** How the gateway is run. */
export interface GatewayPlan {
  readonly cores: string;
  readonly checkout: string;
  /** 1: as people have them. */
  readonly limitsScale?: number;
}

/**
 * Our gateway as operators run it, with its database on the same core: tickets, limits and metrics are on. One
 * person of the benchmark says more than a person may, so the limits are counted and wide.
 */
export function createDarasa(plan: GatewayPlan): ServerKind {
  let school: Promise<BenchSchool> | null = null;
  const open = (): Promise<BenchSchool> => (school ??= openSchool(plan));
  return {
    name: "darasa",
    title: "Darasa",
    dialect: "darasa",
    prepare: () => {
      const versions = `Node.js ${process.versions.node}, Darasa ${describeCheckout(plan.checkout)}`;
      return Promise.resolve({ ok: true, versions });
    },
    async start(shape, part = 0) {
      const { postgres, ticketKey, files } = await open();
      const people = await files.path(shape, part);
      const gateway = { database: postgres, ticketKey };
      const { pid, port, output, stop } = await launchGateway(plan, gateway);
      return {
        port,
        pids: [pid],
        pidsBeside: [postgres.pid()],
        flags: ["-people", people],
        output,
        stop,
      };
    },
    async end() {
      const opened = await school;
      await opened?.files.remove();
      await opened?.postgres.remove();
    },
  };
}

interface BenchSchool {
  readonly postgres: LoadPostgres;
  readonly ticketKey: string;
  readonly files: PeopleFiles;
}

/** Its database stays on its cores; the gateway's sources are as the image has them. */
async function openSchool({ cores, checkout }: GatewayPlan): Promise<BenchSchool> {
  await stripTypes(checkout, strippedFolder());
  const postgres = await startLoadPostgres();
  // Its backends are where their parent is.
  execFileSync("taskset", ["-a", "-c", "-p", cores, String(postgres.pid())]);
  const ticketKey = Buffer.from(makeTicketKey()).toString("base64url");
  return { postgres, ticketKey, files: await createPeopleFiles(postgres.superuserUrl, ticketKey) };
}

/** Where the sources are without their types. */
function strippedFolder(): string {
  return join(cacheFolder(), "stripped");
}

/** What runs them in place of the checkout's own. */
function plainSource(checkout: string): string {
  const hook = pathToFileURL(join(ownCheckout, "infra/local/plainSource.mjs"));
  hook.search = new URLSearchParams({ from: checkout, at: strippedFolder() }).toString();
  return hook.href;
}

/** One process of the gateway. */
async function launchGateway(
  { cores, checkout, limitsScale = 1_000_000 }: GatewayPlan,
  { database, ticketKey }: { readonly database: DatabasePlace; readonly ticketKey: string },
) {
  const port = await findFreePort("127.0.0.1");
  return launch({
    cores,
    command: process.execPath,
    args: [...gatewayNodeOptions, "--import", plainSource(checkout), "src/main.ts"],
    folder: join(checkout, "realtime"),
    environment: {
      HOST: "127.0.0.1",
      REALTIME_PORT: String(port),
      DATABASE_URL: database.appUrl,
      DATABASE_WRITER_URL: database.writerUrl,
      TICKET_KEY: ticketKey,
      LIMITS_SCALE: String(limitsScale),
      LOG_LEVEL: "error",
    },
    ready: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      return answer?.ok === true;
    },
    port,
  });
}
