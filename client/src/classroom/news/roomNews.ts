import type { Participant, VideoProvider } from "@darasa/protocol";
import { isHall, ownParticipant, type RoomState } from "../../room/reduceRoom.ts";

/** Something that changed and that a person wants to be told in words. Names are in the order of arrival. */
export type RoomNews =
  | { readonly kind: "came"; readonly names: readonly string[] }
  | { readonly kind: "went"; readonly names: readonly string[] }
  | { readonly kind: "handRaised"; readonly name: string }
  | { readonly kind: "ownHandLowered" }
  | { readonly kind: "drawingOpened" | "drawingClosed" }
  | { readonly kind: "drawingAllowed" | "drawingDisallowed" }
  | { readonly kind: "chatLocked" | "chatUnlocked" }
  | { readonly kind: "presenting" | "presentingEnded" }
  | { readonly kind: "videoChanged"; readonly provider: VideoProvider };

/** What `next` brings that `before` did not have. Between two joins nothing is news: the screen is simply new. */
export function roomNews(before: RoomState, next: RoomState): RoomNews[] {
  if (before.status.name !== "joined" || next.status.name !== "joined") return [];
  return [
    ...(before.presence === next.presence ? [] : presenceNews(before, next)),
    ...permissionNews(before, next),
    ...stageNews(before, next),
    ...videoNews(before, next),
  ];
}

function presenceNews(before: RoomState, next: RoomState): RoomNews[] {
  const { me } = next;
  const came = [...next.presence.values()].filter(
    ({ participantId }) => participantId !== me && !before.presence.has(participantId),
  );
  const went = [...before.presence.values()].filter(
    ({ participantId }) => participantId !== me && !next.presence.has(participantId),
  );
  const raised = [...next.presence.values()].filter(
    ({ participantId, handRaisedAtMs }) =>
      participantId !== me &&
      handRaisedAtMs !== null &&
      before.presence.get(participantId)?.handRaisedAtMs !== handRaisedAtMs,
  );
  const isTold = !isHall(before) && !isHall(next);
  return [
    ...(isTold ? comings(came, went) : []),
    ...raised.map(({ name }) => ({ kind: "handRaised", name }) as const),
    ...ownNews(before, next),
  ];
}

/** Not in a hall, where people move in and out of what is told. */
function comings(came: readonly Participant[], went: readonly Participant[]): RoomNews[] {
  return [
    ...(came.length === 0 ? [] : [{ kind: "came", names: came.map(({ name }) => name) } as const]),
    ...(went.length === 0 ? [] : [{ kind: "went", names: went.map(({ name }) => name) } as const]),
  ];
}

function ownNews(before: RoomState, next: RoomState): RoomNews[] {
  const was = ownParticipant(before);
  const is = ownParticipant(next);
  if (was === undefined || is === undefined) return [];
  const news: RoomNews[] = [];
  if (was.handRaisedAtMs !== null && is.handRaisedAtMs === null) {
    news.push({ kind: "ownHandLowered" });
  }
  const isBoardClosed = next.role !== "teacher" && next.permissions.drawing === "teachers";
  if (isBoardClosed && was.drawAllowed !== is.drawAllowed) {
    news.push({ kind: is.drawAllowed ? "drawingAllowed" : "drawingDisallowed" });
  }
  return news;
}

function permissionNews(before: RoomState, next: RoomState): RoomNews[] {
  const news: RoomNews[] = [];
  if (before.permissions.drawing !== next.permissions.drawing) {
    const isOpen = next.permissions.drawing === "everyone";
    news.push({ kind: isOpen ? "drawingOpened" : "drawingClosed" });
  }
  if (before.permissions.chatLocked !== next.permissions.chatLocked) {
    news.push({ kind: next.permissions.chatLocked ? "chatLocked" : "chatUnlocked" });
  }
  return news;
}

function videoNews({ stage: was }: RoomState, { stage: is }: RoomState): RoomNews[] {
  if (was === null || is === null || was.video === is.video) return [];
  return [{ kind: "videoChanged", provider: is.video }];
}

function stageNews(before: RoomState, next: RoomState): RoomNews[] {
  const [was, is] = [before, next].map(({ stage, me }) => stage?.presenter === me);
  return was === is ? [] : [{ kind: is ? "presenting" : "presentingEnded" }];
}
