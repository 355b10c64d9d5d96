import type { Database } from "@darasa/database";
import {
  closeReasons,
  type BoardTicketClaims,
  type ClassPermissions,
  type CloseReason,
  type ErrorCode,
  type LiveClassId,
  type ParticipantId,
  type ParticipantRole,
  type Result,
  type RoomId,
  type SchoolId,
} from "@darasa/protocol";
import { personColor, type AwarenessUser } from "@darasa/protocol/awareness";
import { parseBoardName } from "./boardName.ts";
import type { Drawer } from "./drawingRight.ts";
import { findBoardRoom, type RoomKind } from "./loadBoard.ts";
import { makeBoardPlace, type BoardPlace } from "./boardPlace.ts";

/** Who asks to enter a room, and as part of which live class. */
export interface BoardAccessQuestion {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly signInId: string;
  readonly guestOf: LiveClassId | null;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
}

/** What of a person's access decides on drawing. */
export interface BoardAccess {
  readonly role: ParticipantRole;
  readonly name: string;
  readonly signInEndsInMs: number;
  readonly drawAllowed: boolean;
  readonly permissions: ClassPermissions;
  readonly inClass: boolean;
}

export interface AdmissionDeps {
  readonly database: Database;
  readonly loadAccess: (question: BoardAccessQuestion) => Promise<Result<BoardAccess>>;
  readonly redeemTicket: (
    ticket: string,
  ) => Result<BoardTicketClaims> | Promise<Result<BoardTicketClaims>>;
  /** The access that it stands for has changed since it was issued (SPEC T6). */
  readonly isRevoked: (claims: BoardTicketClaims) => boolean;
}

/** Somebody who may look at a board. */
export interface Admission {
  /** `jti`: names the connection to its client. */
  readonly ticketId: string;
  readonly question: BoardAccessQuestion;
  readonly place: BoardPlace;
  readonly user: AwarenessUser;
  readonly drawer: Drawer;
  readonly signInEndsInMs: number;
}

/** A value, or why the connection is closed. */
export type Verdict<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly close: CloseReason };

/** Spends the ticket: it must be one for this very document. All refusals of a ticket look alike (SPEC T4). */
export async function redeemBoardTicket(
  request: { readonly document: string; readonly ticket: string },
  deps: Pick<AdmissionDeps, "redeemTicket">,
): Promise<Verdict<BoardTicketClaims>> {
  const boardId = parseBoardName(request.document);
  if (boardId === null) return forbidden;
  const redeemed = await deps.redeemTicket(request.ticket);
  if (!redeemed.ok) return { ok: false, close: closeReasons.unauthenticated };
  return redeemed.value.document === boardId ? redeemed : forbidden;
}

/**
 * Whether this person may look at that board now: it is in the ticket's school and room, and so may they be.
 *
 * @throws DarasaError unavailable
 */
export async function admitToBoard(
  claims: BoardTicketClaims,
  deps: Pick<AdmissionDeps, "database" | "loadAccess">,
): Promise<Verdict<Admission>> {
  const question = toQuestion(claims);
  const boardId = claims.document;
  const [access, roomKind] = await Promise.all([
    loadBoardAccess(question, deps.loadAccess),
    findBoardRoom(deps.database, { ...question, boardId }),
  ]);
  if (!access.ok) return { ok: false, close: closeFor(access.error) };
  if (roomKind === null) return forbidden;
  const { schoolId, roomId, participantId } = question;
  return {
    ok: true,
    value: {
      ticketId: claims.jti,
      question,
      place: makeBoardPlace({ schoolId, roomId, boardId }),
      user: { id: participantId, name: access.value.name, color: personColor(participantId) },
      drawer: toDrawer(access.value, question, roomKind),
      signInEndsInMs: access.value.signInEndsInMs,
    },
  };
}

/**
 * What the person may do at the boards of a room. A ticket names the class that runs there: who was not let into
 * it, or comes when it is over, has the room all the same as its member.
 *
 * @throws DarasaError unavailable
 */
export async function loadBoardAccess(
  question: BoardAccessQuestion,
  loadAccess: AdmissionDeps["loadAccess"],
): Promise<Result<BoardAccess>> {
  const asNamed = await loadAccess(question);
  const isMaybeMember = question.guestOf === null && question.liveClassId !== null;
  if (asNamed.ok || asNamed.error === "unauthenticated" || !isMaybeMember) return asNamed;
  return loadAccess({ ...question, liveClassId: null });
}

/** How the connection of somebody who may not be there ends. */
export function closeFor(refusal: ErrorCode): CloseReason {
  return refusal === "unauthenticated" ? closeReasons.unauthenticated : closeReasons.forbidden;
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

const forbidden: Verdict<never> = { ok: false, close: closeReasons.forbidden };

function toQuestion(claims: BoardTicketClaims): BoardAccessQuestion {
  return {
    schoolId: claims.school,
    participantId: claims.sub,
    signInId: claims.signIn,
    guestOf: claims.guestOf ?? null,
    roomId: claims.room,
    liveClassId: claims.liveClass,
  };
}
