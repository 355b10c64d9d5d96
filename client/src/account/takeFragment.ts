interface AddressBar {
  readonly location: Pick<Location, "hash" | "pathname" | "search">;
  readonly history: Pick<History, "state" | "replaceState">;
}

/**
 * What stands behind the # of the address, which is taken out of it at once: no browser sends it to a server, and
 * it shall stay in no history, screenshot or shared screen either.
 */
export function takeFragment({ location, history }: AddressBar = globalThis): string {
  const fragment = location.hash.replace(/^#/, "");
  if (fragment !== "") {
    history.replaceState(history.state, "", `${location.pathname}${location.search}`);
  }
  return decoded(fragment);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
