import { limits } from "@darasa/protocol";
import { killables } from "./killableSchool.ts";
import { killEverything, type Reading } from "./killEverything.ts";

/** What the moment of a beat and the way to the database take. */
const slackMs = 2_000;

/**
 * Kills everything under a class, with the beats and the waiting of a real one (some seven minutes), and prints its
 * register beside what was so. True when nobody lost or was given more than a beat, and nobody stands as there who is not.
 */
export async function printKilledRegister(): Promise<boolean> {
  const say = (line: string) => console.log(line);
  const { running, ended } = await killEverything({ oneByOne: killables, say });
  const isWell = [print("While it runs", running), print("When it is over", ended)].every(Boolean);
  say(isWell ? "The register is right." : "THE REGISTER IS NOT RIGHT.");
  return isWell && ended.liveClass.endReason === "no_teacher";
}

function print(title: string, { lines }: Reading): boolean {
  console.log(`\n${title}:  lost, too much (s), there`);
  const mostMs = limits.attendanceHeartbeatMs + slackMs;
  let isWell = true;
  for (const { name, lostMs, tooMuchMs, isPresent, isSaidPresent } of lines) {
    const isRight = lostMs <= mostMs && tooMuchMs <= mostMs && isPresent === isSaidPresent;
    isWell &&= isRight;
    const seconds = [lostMs, tooMuchMs].map((ms) => (ms / 1_000).toFixed(1).padStart(6)).join(" ");
    console.log(
      `${name.padEnd(16)} ${seconds}  ${isSaidPresent ? "yes" : "no "}${isRight ? "" : "  WRONG"}`,
    );
  }
  return isWell;
}
