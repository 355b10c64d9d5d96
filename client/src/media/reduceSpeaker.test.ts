import type { ParticipantId } from "@darasa/protocol";
import { describe, expect, it } from "vitest";
import { noSpeaker, reduceSpeaker, type Speaker } from "./reduceSpeaker.ts";

const [amina, neema] = ["amina", "neema"] as ParticipantId[] as [ParticipantId, ParticipantId];

/** Who is large after each step of [who speaks, at which ms]. */
function play(...steps: [readonly ParticipantId[], number][]): (ParticipantId | null)[] {
  let speaker: Speaker = noSpeaker;
  return steps.map(([speaking, nowMs]) => {
    speaker = reduceSpeaker(speaker, speaking, nowMs);
    return speaker.participantId;
  });
}

describe("reduceSpeaker", () => {
  it("gives the place to who goes on speaking, not to a cough", () => {
    expect(play([[amina], 0], [[], 400], [[amina], 900], [[amina], 1_900])).toEqual([
      null,
      null,
      null,
      amina,
    ]);
  });

  it("leaves it to them while they speak, and while nobody does", () => {
    expect(play([[amina], 0], [[amina], 1_000], [[neema, amina], 9_000], [[], 60_000])).toEqual([
      null,
      amina,
      amina,
      amina,
    ]);
  });

  it("does not jump to and fro in a quick exchange", () => {
    const steps = play([[amina], 0], [[amina], 1_000], [[neema], 1_500], [[neema], 3_900]);
    expect(steps.at(-1)).toBe(amina);
    expect(play([[amina], 0], [[amina], 1_000], [[neema], 1_500], [[neema], 4_000])).toEqual([
      null,
      amina,
      amina,
      neema,
    ]);
  });
});
