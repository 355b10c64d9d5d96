import type { ReactionEvent } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { amina, me, roomId } from "../../room/test/roomFixtures.ts";
import { addReaction, dropOldReactions, type ShownReaction } from "./reduceReactions.ts";

const event = (change: Partial<ReactionEvent> = {}): ReactionEvent => ({
  type: "reaction",
  room: roomId,
  reaction: "clap",
  participantId: amina,
  count: 1,
  ...change,
});
const after = (...events: readonly ReactionEvent[]): readonly ShownReaction[] =>
  events.reduce<readonly ShownReaction[]>((shown, each) => addReaction(shown, each, 1_000), []);

describe("[P12] reactions in sight", () => {
  test("one person's is theirs, however often they press", () => {
    expect(after(event(), event(), event())).toMatchObject([{ participantId: amina, count: 1 }]);
  });

  test("several people's are counted, and nobody's by name", () => {
    expect(after(event(), event({ participantId: me }), event())).toMatchObject([
      { participantId: null, count: 3 },
    ]);
  });

  test("a hall's come counted", () => {
    expect(
      after(event({ participantId: null, count: 40 }), event({ participantId: null, count: 2 })),
    ).toMatchObject([{ participantId: null, count: 42 }]);
  });

  test("kinds keep the order in which they came", () => {
    const shown = after(event(), event({ reaction: "yes" }), event({ participantId: me }));
    expect(shown.map(({ reaction }) => reaction)).toEqual(["clap", "yes"]);
  });

  test("each goes out of sight some seconds after the last of its kind", () => {
    const shown = addReaction(after(event(), event({ reaction: "yes" })), event(), 3_000);
    expect(dropOldReactions(shown, 4_999)).toBe(shown);
    expect(dropOldReactions(shown, 5_000)).toMatchObject([{ reaction: "clap" }]);
    expect(dropOldReactions(shown, 7_000)).toEqual([]);
  });
});
