import type { Database } from "@darasa/database";
import {
  closeReasons,
  type BoardTicketClaims,
  type ClassPermissions,
  type CloseReason,
  type LiveClassId,
  type ParticipantId,
  type ParticipantRole,
  type Result,
  type RoomId,
  type SchoolId,
} from "@darasa/protocol";
import { personColor, type AwarenessUser } from "@darasa/protocol/board";
import { parseBoardName } from "./boardName.ts";
import type { Drawer } from "./drawingRight.ts";
import { findBoardRoom, type RoomKind } from "./loadBoard.ts";
import type { BoardPlace } from "./updateLog.ts";

/** Who asks to enter a room, and as part of which live class. */
export interface BoardAccessQuestion {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly guestOf: LiveClassId | null;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
}

/** What of a person's access decides on drawing. */
export interface BoardAccess {
  readonly role: ParticipantRole;
  readonly name: string;
  readonly drawAllowed: boolean;
  readonly permissions: ClassPermissions;
  readonly inClass: boolean;
}

export interface AdmissionDeps {
  readonly database: Database;
  readonly loadAccess: (question: BoardAccessQuestion) => Promise<Result<BoardAccess>>;
  readonly redeemTicket: (ticket: string) => Promise<Result<BoardTicketClaims>>;
}

/** Somebody who may look at a board. */
export interface Admission {
  /** `jti`: names the connection to its client. */
  readonly ticketId: string;
  readonly question: BoardAccessQuestion;
  readonly place: BoardPlace;
  readonly user: AwarenessUser;
  readonly drawer: Drawer;
}

type Verdict =
  | { readonly ok: true; readonly value: Admission }
  | { readonly ok: false; readonly close: CloseReason };

/**
 * Whether this ticket opens this document: a board of the ticket's school and room, and a person who may be
 * there. All refusals of a ticket look alike (SPEC T4).
 *
 * @throws DarasaError unavailable
 */
export async function admitToBoard(
  request: { readonly document: string; readonly ticket: string },
  deps: AdmissionDeps & { readonly isBanned: (participantId: ParticipantId) => boolean },
): Promise<Verdict> {
  const boardId = parseBoardName(request.document);
  if (boardId === null) return forbidden;
  const redeemed = await deps.redeemTicket(request.ticket);
  if (!redeemed.ok) return { ok: false, close: closeReasons.unauthenticated };
  const claims = redeemed.value;
  if (claims.document !== boardId) return forbidden;
  if (deps.isBanned(claims.sub)) return { ok: false, close: closeReasons.bad_frame };
  const question = toQuestion(claims);
  const [access, roomKind] = await Promise.all([
    deps.loadAccess(question),
    findBoardRoom(deps.database, { ...question, boardId }),
  ]);
  if (!access.ok || roomKind === null) return forbidden;
  const { schoolId, roomId, participantId } = question;
  return {
    ok: true,
    value: {
      ticketId: claims.jti,
      question,
      place: { schoolId, roomId, boardId, name: `${schoolId}:${boardId}` },
      user: { id: participantId, name: access.value.name, color: personColor(participantId) },
      drawer: toDrawer(access.value, question, roomKind),
    },
  };
}

/** What decides on drawing, from what is known of the person and the room now. */
export function toDrawer(
  access: BoardAccess,
  { liveClassId }: BoardAccessQuestion,
  roomKind: RoomKind,
): Drawer {
  return {
    role: access.role,
    roomKind,
    liveClassId: access.inClass ? liveClassId : null,
    permissions: access.permissions,
    drawAllowed: access.drawAllowed,
  };
}

const forbidden: Verdict = { ok: false, close: closeReasons.forbidden };

function toQuestion(claims: BoardTicketClaims): BoardAccessQuestion {
  return {
    schoolId: claims.school,
    participantId: claims.sub,
    guestOf: claims.guestOf ?? null,
    roomId: claims.room,
    liveClassId: claims.liveClass,
  };
}
