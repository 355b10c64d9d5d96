import type { AckFrame, AckResult, CommandType, ErrorFrame } from "@darasa/protocol";
import { CommandFailure } from "./commandFailure.ts";
import type { Environment } from "./environment.ts";

/** A command without an answer for this long is given up; whether it was done is then unknown. */
const answerTimeoutMs = 10_000;

interface Pending {
  readonly acked: (result: AckResult<CommandType>) => void;
  readonly reject: (failure: CommandFailure) => void;
  readonly cancelTimeout: () => void;
}

/** The commands that have been sent and not answered; each is settled exactly once. */
export interface PendingCommands {
  /**
   * The answer to come. `acked` is called before it, while the frame with the answer is read: what the
   * server said after it is told after it.
   *
   * @throws CommandFailure as rejection: the server's code, `timeout` after 10 s, or `disconnected`
   */
  readonly add: (
    id: string,
    acked?: (result: AckResult<CommandType>) => void,
  ) => Promise<AckResult<CommandType>>;
  readonly answer: (frame: AckFrame | ErrorFrame) => void;
  /** Rejects all with `disconnected`. */
  readonly abandon: () => void;
}

/** An empty set of pending commands. */
export function createPendingCommands(environment: Pick<Environment, "after">): PendingCommands {
  const pending = new Map<string, Pending>();

  function take(id: string): Pending | undefined {
    const found = pending.get(id);
    pending.delete(id);
    found?.cancelTimeout();
    return found;
  }

  const add: PendingCommands["add"] = (id, acked) => {
    return new Promise((resolve, reject) => {
      const cancelTimeout = environment.after(answerTimeoutMs, () => {
        take(id)?.reject(new CommandFailure("timeout"));
      });
      take(id)?.reject(new CommandFailure("disconnected"));
      pending.set(id, {
        acked: (result) => {
          acked?.(result);
          resolve(result);
        },
        reject,
        cancelTimeout,
      });
    });
  };

  function answer(frame: AckFrame | ErrorFrame): void {
    if (frame.id === null) return;
    const command = take(frame.id);
    if (frame.type === "ack") command?.acked(frame.result);
    else command?.reject(new CommandFailure(frame.code, frame.retryAfterMs));
  }

  function abandon(): void {
    for (const id of [...pending.keys()]) take(id)?.reject(new CommandFailure("disconnected"));
  }

  return { add, answer, abandon };
}
