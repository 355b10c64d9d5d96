/** That a class is recorded, and since when it is so, or rests, by the clock of the database (epoch ms). */
export interface ClassRecording {
  readonly state: "on" | "paused";
  readonly sinceMs: number;
}
