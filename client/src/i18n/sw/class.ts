import type { Catalogue } from "../translate.ts";
import board from "./board.json";
import chat from "./chat.json";
import classroom from "./classroom.json";
import lobby from "./lobby.json";
import media from "./media.json";

/** What the classroom and its lobby say, in Swahili. */
export const words: Catalogue = { ...lobby, ...classroom, ...chat, ...board, ...media };
