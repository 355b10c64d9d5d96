/**
 * The text of a shape: a ProseMirror document in the schema of tldraw 3.15's default extensions. A tree that
 * does not fit it passes tldraw's own validator and then kills the editor, so each node is held
 * against this grammar first.
 */
interface NodeRule {
  readonly children: "none" | "inline" | "blocks" | "items";
  readonly minChildren: number;
}

const nodeRules: Readonly<Record<string, NodeRule>> = {
  doc: { children: "blocks", minChildren: 1 },
  paragraph: { children: "inline", minChildren: 0 },
  heading: { children: "inline", minChildren: 0 },
  bulletList: { children: "items", minChildren: 1 },
  orderedList: { children: "items", minChildren: 1 },
  listItem: { children: "blocks", minChildren: 1 },
  text: { children: "none", minChildren: 0 },
  hardBreak: { children: "none", minChildren: 0 },
};

const childTypes: Readonly<Record<NodeRule["children"], readonly string[]>> = {
  none: [],
  inline: ["text", "hardBreak"],
  blocks: ["paragraph", "heading", "bulletList", "orderedList"],
  items: ["listItem"],
};

const markTypes: readonly string[] = ["bold", "italic", "strike", "code", "highlight", "link"];
const safeLink = /^(https?:\/\/|mailto:)/i;

type Plain = Readonly<Record<string, unknown>>;

export const textLimits = {
  /** Characters of one shape's text. */
  maxLength: 10_000,
  /** Characters without a space between them: breaking such a word into lines costs a browser its square. */
  maxWordLength: 1_000,
} as const;

/** Whether `value` is a document that the editor can show. Depth is the caller's to bound. */
export function isRichText(value: unknown): boolean {
  return isPlain(value) && value["type"] === "doc" && isNode(value) && isShortText(textOf(value));
}

/** Whether a text can be laid out without stopping the one who looks. */
export function isShortText(text: string): boolean {
  if (text.length > textLimits.maxLength) return false;
  return text.split(/[ \t\n]/).every((word) => word.length <= textLimits.maxWordLength);
}

function isNode(node: Plain): boolean {
  const type = node["type"];
  if (typeof type !== "string" || !Object.hasOwn(nodeRules, type)) return false;
  const rule = nodeRules[type];
  if (rule === undefined) return false;
  if (type === "text" && !isText(node["text"])) return false;
  return hasGoodMarks(node["marks"]) && hasGoodChildren(node, rule);
}

/** ProseMirror throws on an empty text node. */
function isText(text: unknown): boolean {
  return typeof text === "string" && text.length > 0;
}

function hasGoodChildren(node: Plain, rule: NodeRule): boolean {
  const children = node["content"] ?? [];
  if (!Array.isArray(children) || children.length < rule.minChildren) return false;
  const isItem = node["type"] === "listItem";
  return children.every((child: unknown, index) => {
    if (!isPlain(child) || typeof child["type"] !== "string") return false;
    const allowed = isItem && index === 0 ? ["paragraph"] : childTypes[rule.children];
    return allowed.includes(child["type"]) && isNode(child);
  });
}

/** The text of a node, with a line's end after each block and for each break. */
function textOf(node: Plain): string {
  if (node["type"] === "text") return String(node["text"]);
  const children = (node["content"] ?? []) as readonly Plain[];
  return children.map(textOf).join("") + "\n";
}

function hasGoodMarks(marks: unknown): boolean {
  if (marks === undefined) return true;
  return Array.isArray(marks) && marks.every((mark: unknown) => isPlain(mark) && isMark(mark));
}

function isMark(mark: Plain): boolean {
  const type = mark["type"];
  if (typeof type !== "string" || !markTypes.includes(type)) return false;
  if (type !== "link") return true;
  const attributes = mark["attrs"];
  if (!isPlain(attributes)) return false;
  const href = attributes["href"];
  return href === null || (typeof href === "string" && safeLink.test(href));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
