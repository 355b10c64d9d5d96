import type { AckResult, CommandOf, CommandType } from "@darasa/protocol";
import type { Answer } from "../room/answer.ts";
import type { Session, Stay } from "../room/room.ts";

type MaybePromise<Value> = Value | Promise<Value>;

/** Answers one type of command for a session that has joined the command's room (SPEC D3). */
export type Handler<Type extends CommandType> = (
  stay: Stay,
  command: CommandOf<Type>,
) => MaybePromise<Answer<AckResult<Type>>>;

/** One handler for each command of the protocol: a new one does not compile without. */
export type Handlers = {
  readonly [Type in Exclude<CommandType, "joinRoom">]: Handler<Type>;
} & {
  readonly joinRoom: (
    session: Session,
    command: CommandOf<"joinRoom">,
  ) => MaybePromise<Answer<AckResult<"joinRoom">>>;
};
