import { personColor } from "@darasa/protocol/board";
import { useMemo, useState } from "react";
import { useTldrawUser, type TLUser, type TLUserPreferences } from "tldraw";
import type { BoardEditorProps } from "./boardEditorProps.ts";

/** The person as the editor knows them; their habits (grid, snapping) last as long as the board is open. */
export function useBoardUser(
  props: Pick<BoardEditorProps, "participantId" | "name" | "dark">,
): TLUser {
  const { participantId, name, dark } = props;
  const [habits, setUserPreferences] = useState<Partial<TLUserPreferences>>({});
  const userPreferences = useMemo(
    (): TLUserPreferences => ({
      ...habits,
      id: participantId,
      name,
      color: personColor(participantId),
      colorScheme: dark ? "dark" : "light",
      locale: "en",
    }),
    [habits, participantId, name, dark],
  );
  return useTldrawUser({ userPreferences, setUserPreferences });
}
