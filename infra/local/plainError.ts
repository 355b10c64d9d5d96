/** A fault that the person at the terminal can put right: its message says how, and no stack is shown. */
export class PlainError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PlainError";
  }
}
