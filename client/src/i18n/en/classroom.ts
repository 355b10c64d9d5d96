import board from "./board.json";
import chat from "./chat.json";
import classroom from "./classroom.json";
import ladder from "./ladder.json";
import media from "./media.json";
import pulse from "./pulse.json";
import recording from "./recording.json";

/** What the classroom says, and what the lobby says of devices, in English. */
export const words = {
  ...classroom,
  ...chat,
  ...board,
  ...media,
  ...ladder,
  ...pulse,
  ...recording,
};
