import { createSignal, type Accessor } from "solid-js";
import type { Environment } from "../../connection/environment.ts";

/** What is told to those who do not see the screen. */
export interface Announcer {
  /** Waits its turn. What is said within a second is said together. */
  readonly say: (text: string) => void;
  /** Interrupts: only for what changes what the person can do right now. */
  readonly interrupt: (text: string) => void;
  readonly polite: Accessor<string>;
  readonly assertive: Accessor<string>;
}

const gatherMs = 1_000;
/** A live region that is emptied lets the same words be said again. */
const clearAfterMs = 7_000;

/** An announcer with nothing to say yet. */
export function createAnnouncer({ after }: Pick<Environment, "after">): Announcer {
  const [polite, setPolite] = createSignal("");
  const [assertive, setAssertive] = createSignal("");
  let waiting: string[] = [];
  let cancelPolite = (): void => undefined;
  let cancelAssertive = (): void => undefined;

  function speak(): void {
    setPolite(waiting.join(" "));
    waiting = [];
    cancelPolite = after(clearAfterMs, () => setPolite(""));
  }

  return {
    polite,
    assertive,
    say: (text) => {
      const isFirst = waiting.length === 0;
      waiting.push(text);
      if (!isFirst) return;
      cancelPolite();
      cancelPolite = after(gatherMs, speak);
    },
    interrupt: (text) => {
      cancelAssertive();
      setAssertive(text);
      cancelAssertive = after(clearAfterMs, () => setAssertive(""));
    },
  };
}
