import { closeReasons } from "@darasa/protocol";
import { isMeant, type AccessChange, type RoomChange } from "../access/accessChange.ts";
import {
  closeFor,
  loadBoardAccess,
  toDrawer,
  type Admission,
  type AdmissionDeps,
} from "./admitToBoard.ts";
import type { BoardPeer } from "./boardPeer.ts";
import type { Drawer } from "./drawingRight.ts";
import { noLocks } from "../room/room.ts";

/** A peer that was let in. */
interface Present {
  readonly peer: BoardPeer;
  readonly admission: Admission;
  readonly drawer: Drawer;
}

type Applier<Message> = (
  message: Message,
  present: Present,
  reread: (peer: BoardPeer) => void,
) => void;

type Appliers = {
  readonly [Kind in RoomChange["kind"]]: Applier<Extract<RoomChange, { kind: Kind }>>;
};

const appliers: Appliers = {
  permissions({ permissions }, { peer, drawer }) {
    peer.setDrawer({ ...drawer, permissions });
  },
  drawAllowed({ participantId, allowed }, { peer, admission, drawer }) {
    const isMeant = admission.question.participantId === participantId;
    if (isMeant) peer.setDrawer({ ...drawer, drawAllowed: allowed });
  },
  participantRemoved({ participantId }, { peer, admission }) {
    if (admission.question.participantId === participantId) peer.close(closeReasons.forbidden);
  },
  liveClassStarted(_message, { peer }, reread) {
    // Its locks hold for those who are in the room already; what they are stands in the database.
    reread(peer);
  },
  liveClassEnded({ liveClassId }, { peer, admission, drawer }) {
    if (admission.question.guestOf === liveClassId) peer.close(closeReasons.forbidden);
    else peer.setDrawer({ ...drawer, liveClassId: null, permissions: noLocks, drawAllowed: false });
  },
  stage: () => undefined,
  sourcesAllowed: () => undefined,
  messagesErased: () => undefined,
  waitingRoomChanged: () => undefined,
};

/**
 * Applies what the API changed to the open connections in that room: at once. Who is only arriving is looked
 * at anew; `reread` is called for those of whom the message does not tell enough.
 */
export function applyControl(
  message: AccessChange | RoomChange,
  peers: Iterable<BoardPeer>,
  reread: (peer: BoardPeer) => void,
): void {
  for (const peer of [...peers]) {
    peer.outdate();
    const { admission, drawer } = peer;
    if (admission === null || drawer === null) continue;
    const { schoolId, roomId } = admission.question;
    if (message.kind === "accessChanged") {
      if (isMeant(message, admission.question)) peer.close(closeReasons.unauthenticated);
      continue;
    }
    const apply = appliers[message.kind] as Applier<RoomChange>;
    const isThere = schoolId === message.schoolId && roomId === message.roomId;
    if (isThere) apply(message, { peer, admission, drawer }, reread);
  }
}

/**
 * Asks the database again what this person may do here, and acts on it. After so many ms their sign-in is over;
 * null when they are not there any more.
 *
 * @throws DarasaError unavailable
 */
export async function rereadAccess(
  peer: BoardPeer,
  loadAccess: AdmissionDeps["loadAccess"],
): Promise<number | null> {
  peer.outdate();
  const { admission, drawer } = peer;
  if (admission === null || drawer === null) return null;
  const { question, user } = admission;
  const access = await loadBoardAccess(question, loadAccess);
  if (!access.ok) {
    peer.close(closeFor(access.error));
    return null;
  }
  const { name, role, signInEndsInMs } = access.value;
  // Who was let in under another name or role comes anew.
  if (name !== user.name || role !== drawer.role) peer.close(closeReasons.unauthenticated);
  else peer.setDrawer(toDrawer(access.value, question, drawer.roomKind));
  return signInEndsInMs;
}
