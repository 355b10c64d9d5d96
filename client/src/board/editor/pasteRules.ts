import { shapeTypes } from "@darasa/protocol/board";
import {
  defaultHandleExternalTextContent,
  defaultHandleExternalTldrawContent,
  type Editor,
  type TLContent,
} from "tldraw";

/** Text and other boards' shapes may be pasted or dropped; `refused` is called for files and pictures. */
export function registerPasteRules(editor: Editor, refused: () => void): void {
  editor.registerExternalContentHandler("text", (content) => {
    void defaultHandleExternalTextContent(editor, content);
  });
  // An address becomes a text: to show its page, the board would have to fetch it.
  editor.registerExternalContentHandler("url", ({ url, point }) => {
    void defaultHandleExternalTextContent(editor, { text: url, ...(point && { point }) });
  });
  editor.registerExternalContentHandler("tldraw", ({ content, point }) => {
    const fitting = fittingContent(content);
    if (fitting.shapes.length < content.shapes.length) refused();
    if (fitting.shapes.length === 0) return;
    void defaultHandleExternalTldrawContent(editor, { content: fitting, ...(point && { point }) });
  });
  for (const kind of ["files", "svg-text", "file-replace", "embed", "excalidraw"] as const) {
    editor.registerExternalContentHandler(kind, refused);
  }
}

/** What of copied shapes a board takes. */
function fittingContent(content: TLContent): TLContent {
  const fits = (type: string): boolean => shapeTypes.some((known) => known === type);
  const shapes = content.shapes.filter((shape) => fits(shape.type));
  const ids = new Set(shapes.map((shape) => shape.id));
  return {
    ...content,
    shapes,
    rootShapeIds: content.rootShapeIds.filter((id) => ids.has(id)),
    bindings: (content.bindings ?? []).filter(
      (binding) => ids.has(binding.fromId) && ids.has(binding.toId),
    ),
    assets: [],
  };
}
