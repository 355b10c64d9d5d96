import type { ParticipantId } from "@darasa/protocol";
import type { Language } from "../../i18n/language.ts";
import type { SharedBoard } from "../sharedBoard.ts";

/** What the board around it tells the editor, and wants to hear of it. */
export interface BoardEditorProps {
  /** Another one takes the place of the first without the editor losing its view. */
  readonly shared: SharedBoard;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly mayDraw: boolean;
  readonly dark: boolean;
  readonly language: Language;
  readonly licenseKey: string | null;
  /** Own pointer at most this often, in milliseconds; null is never. */
  readonly pointerIntervalMs: number | null;
  /** The canvas stands. */
  readonly onReady: () => void;
  readonly onShapeCount: (count: number) => void;
  /** So many shapes of the document cannot be shown. */
  readonly onHidden: (count: number) => void;
  /** False for a document that a newer editor has written: this one only shows it. */
  readonly onWritable: (isWritable: boolean) => void;
  /** A picture or something else that boards do not take was pasted or dropped. */
  readonly onUnfit: () => void;
  /** The editor broke and shows nothing any more. */
  readonly onFailed: (error: unknown) => void;
}
