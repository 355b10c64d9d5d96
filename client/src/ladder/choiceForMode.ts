import type { ConnectionMode } from "@darasa/protocol";
import type { LocalMediaChoice } from "../media/localMediaChoice.ts";
import { sendsPictures } from "../media/receivedPictures.ts";

/** What of the person's choice is switched on at all in that mode, so that no device opens for nothing. Pure. */
export function choiceForMode(choice: LocalMediaChoice, mode: ConnectionMode): LocalMediaChoice {
  return {
    ...choice,
    microphone: choice.microphone && mode !== "text",
    camera: choice.camera && sendsPictures(mode),
  };
}
