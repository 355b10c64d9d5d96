import { reactions, type Reaction } from "@darasa/protocol";

/** The picture of each reaction; its word stands in the catalogue under `classroom.reaction.<name>`. */
export const reactionSigns: Readonly<Record<Reaction, string>> = {
  thumbs_up: "👍",
  clap: "👏",
  heart: "❤️",
  laugh: "😄",
  surprise: "😮",
  yes: "✅",
  no: "❌",
  slower: "🐢",
  faster: "🐇",
};

/** In two groups: what one feels, and what one answers. */
export const reactionGroups: readonly (readonly Reaction[])[] = [
  reactions.slice(0, 5),
  reactions.slice(5),
];
