import type { CommandType } from "@darasa/protocol";

/** The commands that were begun and are not answered yet: a node that ends finishes them first. */
export class UnderWay {
  #commands = 0;
  #messages = 0;
  #refusedMessages = 0;
  #end: PromiseWithResolvers<undefined> | null = null;

  /** Nothing more is begun. */
  get isEnding(): boolean {
    return this.#end !== null;
  }

  get commands(): number {
    return this.#commands;
  }

  /** Chat messages that were under way when the end began and have no ack. */
  get unackedMessages(): number {
    return this.#messages + this.#refusedMessages;
  }

  begun(type: CommandType): void {
    this.#commands += 1;
    if (type === "sendMessage") this.#messages += 1;
  }

  /** @param wasGivenUp it was refused for a reason that was none of the sender's */
  answered(type: CommandType, wasGivenUp: boolean): void {
    this.#commands -= 1;
    if (type === "sendMessage") {
      this.#messages -= 1;
      if (this.isEnding && wasGivenUp) this.#refusedMessages += 1;
    }
    if (this.#commands === 0) this.#end?.resolve(undefined);
  }

  /** From now on nothing is begun; resolves when all that was is answered. */
  end(): Promise<void> {
    this.#end ??= Promise.withResolvers();
    if (this.#commands === 0) this.#end.resolve(undefined);
    return this.#end.promise;
  }
}
