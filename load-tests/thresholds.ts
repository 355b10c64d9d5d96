import { peopleOf, profiles, type ProfileName, type ScenarioName } from "./profiles.ts";

/** k6's own form: the name of a metric, and what must hold of it. */
export type Thresholds = Readonly<Record<string, string[]>>;

/** Holds in every scenario: nobody is refused or cut, and by `seq` nothing is lost or told twice. */
const always: Thresholds = {
  refused: ["count==0"],
  cut: ["count==0"],
  lost: ["count==0"],
  duplicated: ["count==0"],
  join_ms: ["p(99)<5000"],
};

/** In smoke only what would be a defect on any machine, however busy. */
function latency(profile: ProfileName, ms: number): string {
  return `p(99)<${profile === "smoke" ? 5_000 : ms}`;
}

/** What must hold of a scenario; k6 ends with exit code 99 when it does not. */
export function thresholdsOf(scenario: ScenarioName, profile: ProfileName): Thresholds {
  const people = peopleOf(profiles[scenario][profile]);
  const all: Thresholds = { ...always, joined: [`count>=${people}`] };
  const own: Record<ScenarioName, Thresholds> = {
    joinStorm: {},
    chatFanOut: {
      acked: ["count>0"],
      ack_ms: [latency(profile, 100)],
      delivery_ms: [latency(profile, 250)],
    },
    presenceChurn: { wrong_lists: ["count==0"], lists: ["count>0"] },
    reconnectStorm: {
      back: [`count>=${people}`],
      back_ms: ["max<15000"],
      acked: ["count>0"],
    },
    soak: { acked: ["count>0"], ack_ms: [latency(profile, 100)] },
    slowReaders: {
      slow_cut: [`count>=${profiles.slowReaders[profile].rooms}`],
      back: [`count>=${profiles.slowReaders[profile].rooms}`],
      back_ms: ["max<15000"],
      wrong_slow_codes: ["count==0"],
      ack_ms: [latency(profile, 250)],
    },
    apiTokens: {
      token_ms: [latency(profile, 500)],
      ticket_ms: [latency(profile, 250)],
    },
  };
  return { ...all, ...own[scenario] };
}
