import {
  createContext,
  createEffect,
  createSignal,
  onCleanup,
  onMount,
  useContext,
  type JSX,
  type ParentProps,
} from "solid-js";
import { loadThemeChoice, storeThemeChoice, type ThemeChoice } from "./themeChoice.ts";

export interface Theme {
  /** What the person chose. */
  readonly choice: () => ThemeChoice;
  readonly setChoice: (choice: ThemeChoice) => void;
  /** What is in force: the choice, or the system's. */
  readonly dark: () => boolean;
}

const ThemeContext = createContext<Theme>();

/** Writes the theme in force to the page, and follows the system where the person chose nothing. */
export function ThemeProvider(props: ParentProps): JSX.Element {
  return <ThemeContext.Provider value={createTheme()}>{props.children}</ThemeContext.Provider>;
}

/** The theme of the page. @throws Error outside a `ThemeProvider` */
export function useTheme(): Theme {
  const theme = useContext(ThemeContext);
  if (theme === undefined) throw new Error("useTheme needs a ThemeProvider above it");
  return theme;
}

function createTheme(): Theme {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const [choice, setChoice] = createSignal(loadThemeChoice());
  const [systemIsDark, setSystemIsDark] = createSignal(system.matches);
  const dark = (): boolean => choice() === "dark" || (choice() === "system" && systemIsDark());

  createEffect(() => {
    document.documentElement.dataset["theme"] = dark() ? "dark" : "light";
  });
  onMount(() => {
    const follow = (): void => void setSystemIsDark(system.matches);
    system.addEventListener("change", follow);
    onCleanup(() => system.removeEventListener("change", follow));
  });

  return {
    choice,
    dark,
    setChoice: (next) => {
      setChoice(next);
      storeThemeChoice(next);
    },
  };
}
