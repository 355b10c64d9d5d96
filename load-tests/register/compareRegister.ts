import type { Stay } from "./attendee.ts";
import type { ReadRegister, RegisterLine } from "./schoolApi.ts";

/** Somebody of the class, and when they were there, in order. */
export interface Truth {
  readonly participantId: string;
  readonly stays: readonly Stay[];
}

/** What a register says of somebody, beside what was so; milliseconds. */
export interface ComparedLine {
  readonly name: string;
  /** They were there, and the register does not know it. */
  readonly lostMs: number;
  /** They were not there, and the register has them: absences of a minute are none, as the register says. */
  readonly tooMuchMs: number;
  readonly isPresent: boolean;
  readonly isSaidPresent: boolean;
}

/** A stretch of time: epoch ms. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const forgivenMs = 60_000;

/** Everybody's line of a register that was read at that time. @throws Error when somebody is not in it */
export function compareRegister(
  register: ReadRegister,
  people: readonly Truth[],
  readAtMs: number,
): readonly ComparedLine[] {
  const { startedAtMs, endedAtMs } = register.liveClass;
  return people.map(({ participantId, stays }) => {
    const line = register.people.find((each) => each.participantId === participantId);
    if (line === undefined) throw new Error(`${participantId} is not in the register.`);
    const there = stays.map(({ fromMs, toMs }) => ({
      // Nobody was in the class before it began; what LiveKit told is as old as its second.
      fromMs: Math.max(fromMs, startedAtMs),
      toMs: Math.min(toMs ?? readAtMs, endedAtMs ?? readAtMs),
    }));
    return {
      name: line.name,
      lostMs: uncovered(there, line.segments),
      tooMuchMs: uncovered(line.segments, united(there)),
      isPresent: endedAtMs === null && stays.at(-1)?.toMs === null,
      isSaidPresent: line.present,
    };
  });
}

function united(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const { fromMs, toMs } of stretches) {
    const last = all.at(-1);
    if (last !== undefined && fromMs - last.toMs <= forgivenMs) {
      all[all.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, toMs) };
    } else {
      all.push({ fromMs, toMs });
    }
  }
  return all;
}

/** So much of these is in none of the others, which lie apart. */
function uncovered(stretches: readonly Stretch[], others: RegisterLine["segments"]): number {
  const lengthOf = ({ fromMs, toMs }: Stretch) => Math.max(0, toMs - fromMs);
  return stretches.reduce((total, one) => {
    const covered = others.reduce(
      (sum, { fromMs, toMs }) =>
        sum + lengthOf({ fromMs: Math.max(fromMs, one.fromMs), toMs: Math.min(toMs, one.toMs) }),
      0,
    );
    return total + lengthOf(one) - covered;
  }, 0);
}
