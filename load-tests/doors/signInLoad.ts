import type { OpenClass } from "../figures/openClass.ts";
import { startChatBystander } from "./chatBystander.ts";
import { runOpenLoop } from "./openLoop.ts";
import { percentile } from "./percentile.ts";

/** Sign-ins at full cost, and what those in a class notice of them. */
export interface SignInFigures {
  readonly perSecond: number;
  readonly busyPerSecond: number;
  readonly p95Ms: number;
  readonly chatP99Ms: number;
  readonly chatLost: number;
}

const offered = { perSecond: 60, seconds: 20 };

/** More people sign in than the server can check, each from an address of their own, while two others talk. */
export async function measureSignIns(
  school: { readonly baseUrl: string; readonly password: string; readonly code: string },
  liveClass: OpenClass,
): Promise<SignInFigures> {
  const names = ["teacher", "baraka", "neema", "juma", "zawadi", "daudi", "rehema"];
  const bystander = await startChatBystander(school.baseUrl, school.code, liveClass);
  const result = await runOpenLoop(offered, (index) => ({
    url: `${school.baseUrl}/api/auth/login`,
    headers: { "x-forwarded-for": `10.1.${(index >> 8) & 255}.${index & 255}` },
    body: {
      school: "demo",
      email: `${names[index % names.length] ?? ""}@demo.darasa`,
      password: school.password,
    },
  }));
  const chat = await bystander.stop();
  const count = (status: number) => result.statuses.get(status) ?? 0;
  const unexpected = [...result.statuses].filter(([status]) => status !== 200 && status !== 503);
  if (unexpected.length > 0) throw new Error(`Sign-ins were answered ${String(unexpected)}`);
  return {
    perSecond: count(200) / result.seconds,
    busyPerSecond: count(503) / result.seconds,
    p95Ms: percentile(result.latenciesMs, 0.95),
    chatP99Ms: chat.p99Ms,
    chatLost: chat.lost,
  };
}
