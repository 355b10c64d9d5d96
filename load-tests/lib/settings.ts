import { SharedArray } from "k6/data";
import { b64decode } from "k6/encoding";
import { profileNames, profiles, type ProfileName, type ScenarioName } from "../profiles.ts";
import { thresholdsOf } from "../thresholds.ts";
import type { LoadRoom } from "../school/fillSchool.ts";

/** What `npm run load` tells k6 by its environment. */
const profileName: ProfileName = profileNames.find((name) => name === __ENV["PROFILE"]) ?? "smoke";

/** `ws://…/ws` of the nodes. */
export const urls = (__ENV["URLS"] ?? "").split(",");
/** A path to the first node that can be throttled, for slow readers. */
export const slowUrl = __ENV["SLOW_URL"] ?? "";
/** Ends that path, with all that is still on its way. */
export const slowSwitch = __ENV["SLOW_SWITCH"] ?? "";
/** Of the first node. */
export const metricsUrl = __ENV["METRICS_URL"] ?? "";
export const apiUrl = __ENV["API_URL"] ?? "";
/** Signs tickets. */
export const ticketKey = b64decode(__ENV["TICKET_KEY"] ?? "", "rawurl");

/** Read once for all threads: thousands of people are megabytes. */
export const rooms = new SharedArray("rooms", () => {
  const file = __ENV["SCHOOL"];
  return file === undefined ? [] : (JSON.parse(open(file)) as LoadRoom[]);
});

/** The numbers of this run. */
export function profileOf(scenario: ScenarioName) {
  return profiles[scenario][profileName];
}

/** k6's options: every thread runs once, and each plays its share of the people. */
export function optionsOf(scenario: ScenarioName) {
  const { vus, arriveSeconds, seconds } = profileOf(scenario);
  return {
    scenarios: {
      [scenario]: {
        executor: "per-vu-iterations",
        vus,
        iterations: 1,
        maxDuration: `${arriveSeconds + seconds + 60}s`,
      },
    },
    thresholds: thresholdsOf(scenario, profileName),
    summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
  };
}

/** All that was measured, for `npm run load` to print. */
export function writeSummary(data: { readonly metrics: unknown }): Record<string, string> {
  return { [__ENV["SUMMARY"] ?? "stdout"]: JSON.stringify(data.metrics) };
}
