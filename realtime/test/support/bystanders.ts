import type { TestSchool } from "./testSchool.ts";

/** How the two who had nothing to do with it fared. */
export interface Bystanding {
  readonly p99Ms: number;
  readonly sent: number;
  readonly heard: number;
}

const everyMs = 100;
const fewestHeard = 3;

/** Two people of the class tell each other something every 100 ms, until `stop`. */
export async function bystand(
  school: TestSchool,
  [one, other] = [school.teacher, school.students.at(-1) ?? school.teacher],
): Promise<{ stop(): Promise<Bystanding> }> {
  const [speaker, listener] = [await school.enter(one), await school.enter(other)];
  const sentAtMs: number[] = [];
  const tookMs: number[] = [];
  listener.socket.on("message", () => {
    const heard = listener
      .all("reaction")
      .filter(({ participantId }) => participantId === one.participantId).length;
    while (tookMs.length < heard) {
      tookMs.push(performance.now() - (sentAtMs[tookMs.length] ?? 0));
    }
  });
  const speak = (): void => {
    sentAtMs.push(performance.now());
    const command = { type: "react", room: school.room, reaction: "clap" };
    speaker.sendRaw(JSON.stringify(command));
  };
  speak();
  const timer = setInterval(speak, everyMs);
  return {
    async stop() {
      // What others do may be over in less time than that.
      await listener.until(() => (tookMs.length >= fewestHeard ? true : undefined));
      clearInterval(timer);
      await listener.until(() => (tookMs.length >= sentAtMs.length ? true : undefined));
      const sorted = tookMs.toSorted((a, b) => a - b);
      speaker.close();
      listener.close();
      return {
        p99Ms: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0,
        sent: sentAtMs.length,
        heard: tookMs.length,
      };
    },
  };
}
