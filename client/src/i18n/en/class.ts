import board from "./board.json";
import chat from "./chat.json";
import classroom from "./classroom.json";
import lobby from "./lobby.json";
import media from "./media.json";

/** What the classroom and its lobby say, in English. */
export const words = { ...lobby, ...classroom, ...chat, ...board, ...media };
