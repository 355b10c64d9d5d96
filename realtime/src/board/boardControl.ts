import type { ControlMessage } from "@darasa/database";
import { closeReasons } from "@darasa/protocol";
import { toDrawer, type Admission, type AdmissionDeps } from "./admitToBoard.ts";
import type { BoardPeer } from "./boardPeer.ts";
import type { Drawer } from "./drawingRight.ts";

/** A peer that was let in. */
interface Present {
  readonly peer: BoardPeer;
  readonly admission: Admission;
  readonly drawer: Drawer;
}

type Appliers = {
  readonly [Kind in ControlMessage["kind"]]: (
    message: Extract<ControlMessage, { kind: Kind }>,
    present: Present,
  ) => void;
};

const appliers: Appliers = {
  permissions({ liveClassId, permissions }, { peer, drawer }) {
    if (drawer.liveClassId === liveClassId) peer.setDrawer({ ...drawer, permissions });
  },
  drawAllowed({ liveClassId, participantId, allowed }, { peer, admission, drawer }) {
    const isMeant =
      drawer.liveClassId === liveClassId && admission.question.participantId === participantId;
    if (isMeant) peer.setDrawer({ ...drawer, drawAllowed: allowed });
  },
  participantRemoved({ participantId }, { peer, admission }) {
    if (admission.question.participantId === participantId) peer.close(closeReasons.forbidden);
  },
  liveClassStarted: () => undefined,
  liveClassEnded({ liveClassId }, { peer, admission, drawer }) {
    if (admission.question.guestOf === liveClassId) peer.close(closeReasons.forbidden);
    else if (drawer.liveClassId === liveClassId) peer.setDrawer({ ...drawer, liveClassId: null });
  },
};

/** Applies what the API changed to the open connections: at once, and to those whom it concerns. */
export function applyControl(message: ControlMessage, peers: Iterable<BoardPeer>): void {
  const apply = appliers[message.kind] as (message: ControlMessage, present: Present) => void;
  for (const peer of [...peers]) {
    const { admission, drawer } = peer;
    if (admission === null || drawer === null) continue;
    const { schoolId, roomId } = admission.question;
    const isThere = schoolId === message.schoolId && roomId === message.roomId;
    if (isThere) apply(message, { peer, admission, drawer });
  }
}

/**
 * Asks the database again what this person may do here, and acts on it.
 *
 * @throws DarasaError unavailable
 */
export async function rereadAccess(
  peer: BoardPeer,
  loadAccess: AdmissionDeps["loadAccess"],
): Promise<void> {
  const { admission, drawer } = peer;
  if (admission === null || drawer === null) return;
  const { question } = admission;
  const asBefore = await loadAccess(question);
  // A class that has ended still leaves its members the room.
  const isOver = !asBefore.ok && question.guestOf === null;
  const access = isOver ? await loadAccess({ ...question, liveClassId: null }) : asBefore;
  if (access.ok) peer.setDrawer(toDrawer(access.value, question, drawer.roomKind));
  else peer.close(closeReasons.forbidden);
}
