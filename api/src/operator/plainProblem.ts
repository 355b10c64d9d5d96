/** What the person at the terminal can put right: its message says how, and no stack is shown. */
export class PlainProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PlainProblem";
  }
}
