/** What was started, to be undone in the opposite order, once. */
export interface Shutdown {
  /** Aborted as soon as the end has begun: a start under way gives up. */
  readonly signal: AbortSignal;
  /** `undo` runs before those that were added earlier; it may find that its thing never came to be. */
  add(undo: () => Promise<void> | void): void;
  /** Resolves when everything is undone; all calls share one run. A step that fails does not stop others. */
  run(): Promise<void>;
}

export function createShutdown(onFault: (error: unknown) => void): Shutdown {
  const controller = new AbortController();
  const undos: (() => Promise<void> | void)[] = [];
  let running: Promise<void> | undefined;

  const runAll = async (): Promise<void> => {
    controller.abort();
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        onFault(error);
      }
    }
  };

  return {
    signal: controller.signal,
    add: (undo) => void undos.push(undo),
    run: () => (running ??= runAll()),
  };
}
