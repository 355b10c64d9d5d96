import common from "./common.json";
import account from "./account.json";
import home from "./home.json";
import join from "./join.json";
import lobby from "./lobby.json";
import classroom from "./classroom.json";
import chat from "./chat.json";
import board from "./board.json";
import media from "./media.json";
import register from "./register.json";
import errors from "./errors.json";

import type { Catalogue } from "../translate.ts";

/** Every text in Swahili. */
export const catalogue: Catalogue = {
  ...common,
  ...account,
  ...home,
  ...join,
  ...lobby,
  ...classroom,
  ...chat,
  ...board,
  ...media,
  ...register,
  ...errors,
};
