/** @jsxImportSource react */
import { createContext, useContext, useEffect, type ReactElement } from "react";

const FailureContext = createContext<(error: unknown) => void>(() => undefined);

/** Hears of it when what is inside breaks for good. */
export const FailureListener = FailureContext.Provider;

/** Stands where the editor was: the words and the way on are the surrounding board's. */
export function EditorFailed(props: { readonly error: unknown }): ReactElement | null {
  const failed = useContext(FailureContext);
  const { error } = props;
  useEffect(() => failed(error), [failed, error]);
  return null;
}
