/** @jsxImportSource react */
import {
  ArrowToolbarItem,
  ArrangeMenuSubmenu,
  CheckBoxToolbarItem,
  ClipboardMenuGroup,
  CloudToolbarItem,
  DefaultContextMenu,
  DefaultMainMenu,
  DefaultToolbar,
  DiamondToolbarItem,
  DrawToolbarItem,
  EditMenuSubmenu,
  EllipseToolbarItem,
  EraserToolbarItem,
  ExportFileContentSubMenu,
  FrameToolbarItem,
  HandToolbarItem,
  HexagonToolbarItem,
  HighlightToolbarItem,
  KeyboardShortcutsMenuItem,
  LineToolbarItem,
  NoteToolbarItem,
  RectangleToolbarItem,
  ReorderMenuSubmenu,
  SelectAllMenuItem,
  SelectToolbarItem,
  StarToolbarItem,
  TextToolbarItem,
  TldrawHandles,
  TldrawOverlays,
  TldrawScribble,
  TldrawSelectionForeground,
  TldrawShapeIndicators,
  TldrawUiMenuGroup,
  ToggleGridItem,
  ToggleSnapModeItem,
  ToggleToolLockItem,
  TriangleToolbarItem,
  UndoRedoGroup,
  ViewSubmenu,
  XBoxToolbarItem,
  type TLComponents,
  type TLUiContextMenuProps,
} from "tldraw";
import type { ReactElement } from "react";

/** What lessons draw with, the most used first: what has no room goes into the overflow. */
function BoardToolbar(): ReactElement {
  return (
    <DefaultToolbar>
      <SelectToolbarItem />
      <HandToolbarItem />
      <DrawToolbarItem />
      <EraserToolbarItem />
      <TextToolbarItem />
      <ArrowToolbarItem />
      <NoteToolbarItem />
      <HighlightToolbarItem />
      <LineToolbarItem />
      <RectangleToolbarItem />
      <EllipseToolbarItem />
      <TriangleToolbarItem />
      <DiamondToolbarItem />
      <HexagonToolbarItem />
      <StarToolbarItem />
      <CloudToolbarItem />
      <CheckBoxToolbarItem />
      <XBoxToolbarItem />
      <FrameToolbarItem />
    </DefaultToolbar>
  );
}

function BoardMenu(): ReactElement {
  return (
    <DefaultMainMenu>
      <UndoRedoGroup />
      <TldrawUiMenuGroup id="board-view">
        <ViewSubmenu />
        <ExportFileContentSubMenu />
      </TldrawUiMenuGroup>
      <TldrawUiMenuGroup id="board-habits">
        <ToggleGridItem />
        <ToggleSnapModeItem />
        <ToggleToolLockItem />
      </TldrawUiMenuGroup>
      <KeyboardShortcutsMenuItem />
    </DefaultMainMenu>
  );
}

function BoardContextMenu(props: TLUiContextMenuProps): ReactElement {
  return (
    <DefaultContextMenu {...props}>
      <TldrawUiMenuGroup id="modify">
        <EditMenuSubmenu />
        <ArrangeMenuSubmenu />
        <ReorderMenuSubmenu />
      </TldrawUiMenuGroup>
      <ClipboardMenuGroup />
      <TldrawUiMenuGroup id="select-all">
        <SelectAllMenuItem />
      </TldrawUiMenuGroup>
    </DefaultContextMenu>
  );
}

/** The editor's parts for a classroom: one page, no files, no links to elsewhere. */
export const boardComponents: TLComponents = {
  Scribble: TldrawScribble,
  CollaboratorScribble: TldrawScribble,
  ShapeIndicators: TldrawShapeIndicators,
  SelectionForeground: TldrawSelectionForeground,
  Handles: TldrawHandles,
  Overlays: TldrawOverlays,
  LoadingScreen: null,
  Spinner: null,
  Toolbar: BoardToolbar,
  MainMenu: BoardMenu,
  ContextMenu: BoardContextMenu,
  PageMenu: null,
  HelpMenu: null,
  DebugPanel: null,
  DebugMenu: null,
  SharePanel: null,
  TopPanel: null,
  CursorChatBubble: null,
  ImageToolbar: null,
  VideoToolbar: null,
};
