import board from "./board.json";
import chat from "./chat.json";
import classroom from "./classroom.json";
import media from "./media.json";

/** What the classroom says, and what the lobby says of devices, in English. */
export const words = { ...classroom, ...chat, ...board, ...media };
