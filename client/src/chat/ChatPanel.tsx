import type { JSX } from "solid-js";
import type { Room } from "../room/createRoom.ts";
import { ownRights } from "../room/reduceRoom.ts";
import { ChatComposer } from "./ChatComposer.tsx";
import type { ChatItemsOptions } from "./chatItems.ts";
import { ChatList } from "./ChatList.tsx";
import type { ChatReading } from "./createChatReading.ts";
import type { Draft } from "./draft.ts";
import type { TypingTeller } from "./typing.ts";
import { TypingLine } from "./TypingLine.tsx";
import styles from "./ChatPanel.module.css";

export interface ChatPanelProps {
  readonly room: Room;
  readonly me: ChatItemsOptions["me"];
  readonly reading: ChatReading;
  readonly draft: Draft;
  /** Of the others who write just now. */
  readonly typists: readonly string[];
  readonly typing: TypingTeller;
  /** The panel is on the screen, and the page is looked at. */
  readonly isInView: boolean;
  /** Receives what puts the focus where one writes. */
  readonly focusRef?: ((focus: () => void) => void) | undefined;
}

/** A room's chat: messages, and where one writes. It keeps its state while it is out of view. */
export function ChatPanel(props: ChatPanelProps): JSX.Element {
  return (
    <div class={styles.panel}>
      <ChatList room={props.room} me={props.me} reading={props.reading} isInView={props.isInView} />
      <TypingLine names={props.typists} />
      <ChatComposer
        typing={props.typing}
        draft={props.draft}
        isLocked={!ownRights(props.room.state()).chat}
        onWrite={props.room.outbox.write}
        focusRef={props.focusRef}
      />
    </div>
  );
}
