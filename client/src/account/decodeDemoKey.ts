/** The key in a demo link's fragment: `#key` or `#key=…`. Empty when there is none. */
export function decodeDemoKey(fragment: string): string {
  const text = fragment.replace(/^#/, "");
  return new URLSearchParams(text).get("key") ?? text;
}
