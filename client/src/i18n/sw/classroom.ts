import board from "./board.json";
import chat from "./chat.json";
import classroom from "./classroom.json";
import ladder from "./ladder.json";
import media from "./media.json";
import pulse from "./pulse.json";
import recording from "./recording.json";
import type { Catalogue } from "../translate.ts";

/** What the classroom says, and what the lobby says of devices, in Swahili. */
export const words: Catalogue = {
  ...classroom,
  ...chat,
  ...board,
  ...media,
  ...ladder,
  ...pulse,
  ...recording,
};
