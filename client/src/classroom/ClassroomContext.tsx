import type { ParticipantId } from "@darasa/protocol";
import { createContext, useContext, type Accessor } from "solid-js";
import type { Joined, LiveClass } from "../api/api.ts";
import type { ChatItemsOptions } from "../chat/chatItems.ts";
import type { ChatReading } from "../chat/createChatReading.ts";
import type { Draft } from "../chat/draft.ts";
import type { TypingTeller } from "../chat/typing.ts";
import type { Ladder } from "../ladder/createLadder.ts";
import type { Traffic } from "../ladder/countTraffic.ts";
import type { Media } from "../media/createMedia.ts";
import type { PictureInPicture } from "../media/createPictureInPicture.ts";
import type { Room } from "../room/createRoom.ts";
import type { Announcer } from "./news/createAnnouncer.ts";
import type { FocusPlaces } from "./keyboard/createFocusPlaces.ts";
import type { Hand } from "./actions/createHand.ts";
import type { Pointers } from "./pointer/createPointers.ts";
import type { Reactions } from "./reactions/createReactions.ts";
import type { WaitingRoom } from "./waitingRoom/createWaitingRoom.ts";
import type { View } from "./view/createView.ts";

/** Everything that the parts of one classroom share. */
export interface Classroom {
  readonly joined: Joined;
  /** The class as it is now: its code and PIN may change while one is inside. */
  readonly liveClass: Accessor<LiveClass>;
  readonly setLiveClass: (liveClass: LiveClass) => void;
  readonly me: ChatItemsOptions["me"];
  readonly room: Room;
  readonly media: Media;
  /** What goes over the class's sockets: every one that belongs to it is opened through this. */
  readonly traffic: Traffic;
  readonly ladder: Ladder;
  readonly pictureInPicture: PictureInPicture;
  /** Null for those who let nobody in. */
  readonly waitingRoom: WaitingRoom | null;
  readonly view: View;
  readonly reading: ChatReading;
  readonly draft: Draft;
  readonly hand: Hand;
  readonly reactions: Reactions;
  readonly pointers: Pointers;
  /** The others who write just now. */
  readonly typists: Accessor<readonly ParticipantId[]>;
  readonly typing: TypingTeller;
  readonly announcer: Announcer;
  readonly focusPlaces: FocusPlaces;
  /** The server's time in epoch ms, once a second. */
  readonly nowMs: Accessor<number>;
  /** Waits for a command and says in a toast why it was refused. Never rejects. */
  readonly attempt: (command: Promise<unknown>) => Promise<void>;
  readonly leave: () => void;
  /** Ends the class for everybody. Never rejects. */
  readonly end: () => Promise<void>;
}

const ClassroomContext = createContext<Classroom>();

/** Gives a classroom to all its parts. */
export const ClassroomProvider = ClassroomContext.Provider;

/** The classroom around this part. @throws Error outside a `ClassroomProvider` */
export function useClassroom(): Classroom {
  const classroom = useContext(ClassroomContext);
  if (classroom === undefined) throw new Error("useClassroom needs a ClassroomProvider above it");
  return classroom;
}
