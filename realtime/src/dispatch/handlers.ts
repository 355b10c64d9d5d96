import type { AckResult, CommandOf, CommandType } from "@darasa/protocol";
import type { Answer, Later } from "../room/answer.ts";
import type { Session, Stay } from "../room/room.ts";

type MaybeLater<Value> = Value | Promise<Value> | Later<Value>;

/** Answers one type of command for a session that has joined the command's room (SPEC D3). */
export type Handler<Type extends CommandType> = (
  stay: Stay,
  command: CommandOf<Type>,
) => MaybeLater<Answer<AckResult<Type>>>;

/** One handler for each command of the protocol: a new one does not compile without. */
export type Handlers = {
  readonly [Type in Exclude<CommandType, "joinRoom">]: Handler<Type>;
} & {
  readonly joinRoom: (
    session: Session,
    command: CommandOf<"joinRoom">,
  ) => MaybeLater<Answer<AckResult<"joinRoom">>>;
};
