type TabHistory = Pick<History, "state" | "replaceState">;

const stateOf = (history: TabHistory) => history.state as Readonly<Record<string, unknown>> | null;

/** Notes, for this page when it has been loaded anew, that a door has just opened. */
export function markLetIn(history: TabHistory): void {
  history.replaceState({ ...stateOf(history), isLetIn: true }, "");
}

/** Whether that was noted; it is told once. */
export function takeLetInMark(history: TabHistory): boolean {
  const { isLetIn, ...rest } = stateOf(history) ?? {};
  if (isLetIn !== true) return false;
  history.replaceState(rest, "");
  return true;
}
