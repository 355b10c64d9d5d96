import type { PresenceContext } from "@darasa/protocol";
import type { Environment } from "../../connection/environment.ts";
import type { OwnPresence } from "../../room/roomCommands.ts";

/** Who touched nothing for so long is away. */
export const idleAfterMs = 180_000;
/** Who only passes by on the way to somewhere else is not told of. */
const settleMs = 1_000;

export interface OwnPresencePorts extends Pick<Environment, "steadyMs" | "after"> {
  /** Rejects while there is no connection; what holds then is told with the next join. */
  readonly tell: (presence: OwnPresence) => Promise<unknown>;
  /** Somebody who is heard is there, though they touch nothing. */
  readonly isHeard: () => boolean;
}

/** Tells the others what one has before oneself, and when one is away. */
export interface OwnPresenceTeller {
  /** The person did something there; null for somewhere that says nothing. */
  readonly touched: (context: PresenceContext | null) => void;
  /** The server begins with `class` and there (SPEC P9). */
  readonly joined: () => void;
  readonly close: () => void;
}

const atJoin: OwnPresence = { context: "class", idle: false };

/** A teller of somebody who has just come. */
export function createOwnPresence(ports: OwnPresencePorts): OwnPresenceTeller {
  let now = atJoin;
  let told: OwnPresence = atJoin;
  let touchedAtMs = ports.steadyMs();
  let cancelIdle: () => void = () => undefined;
  let cancelSettle: (() => void) | undefined;

  function tell(): void {
    cancelSettle?.();
    cancelSettle = undefined;
    if (now.context === told.context && now.idle === told.idle) return;
    told = now;
    ports.tell(now).catch(() => undefined);
  }

  function look(): void {
    if (ports.isHeard()) touchedAtMs = ports.steadyMs();
    const leftMs = touchedAtMs + idleAfterMs - ports.steadyMs();
    if (leftMs > 0) {
      cancelIdle = ports.after(leftMs, look);
      return;
    }
    now = { ...now, idle: true };
    tell();
  }

  cancelIdle = ports.after(idleAfterMs, look);
  return {
    touched: (context) => {
      touchedAtMs = ports.steadyMs();
      const wasIdle = now.idle;
      now = { context: context ?? now.context, idle: false };
      if (wasIdle) {
        look();
        tell();
      } else if (now.context !== told.context) {
        cancelSettle ??= ports.after(settleMs, tell);
      }
    },
    joined: () => {
      told = atJoin;
      tell();
    },
    close: () => {
      cancelIdle();
      cancelSettle?.();
    },
  };
}
