// A classic script that blocks on purpose: the theme stands before the first paint. A file of its own
// because the content security policy allows no inline script. `src/theme/createTheme.ts` takes over.
let chosen = null;
try {
  chosen = globalThis.localStorage.getItem("darasa.theme");
} catch {
  // Storage may be forbidden; then the system's theme holds.
}
const systemIsDark = globalThis.matchMedia("(prefers-color-scheme: dark)").matches;
const dark = chosen === "dark" || (chosen !== "light" && systemIsDark);
globalThis.document.documentElement.dataset.theme = dark ? "dark" : "light";
