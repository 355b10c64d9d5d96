import type { Stage } from "@darasa/protocol";

/** The stage of a class that has just begun: its people see each other directly, and nobody presents. */
export const meshStage: Stage = {
  video: "mesh",
  presenter: null,
  spotlight: null,
  sources: ["microphone", "camera"],
  recording: null,
};
