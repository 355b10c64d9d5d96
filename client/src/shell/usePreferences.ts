import { createEffect, on } from "solid-js";
import { api, signInKeeper, type User } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { isLanguage, type Language } from "../i18n/language.ts";
import { isThemeChoice, type ThemeChoice } from "../theme/themeChoice.ts";
import { useTheme } from "../theme/Theme.tsx";

/** What a person chose for themselves: in force here at once, then kept with the account if there is one. */
export interface Preferences {
  /** Rejects with `ApiProblem` when it holds on this device only. */
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly setTheme: (theme: ThemeChoice) => Promise<void>;
}

interface Change {
  readonly language?: Language;
  readonly preferences: { readonly language?: Language; readonly theme?: ThemeChoice };
}

let latest = 0;

/** The preferences of the person who is signed in, or of this device. */
export function usePreferences(): Preferences {
  const i18n = useI18n();
  const theme = useTheme();
  return {
    setLanguage: async (language) => {
      await i18n.setLanguage(language);
      // Mail from the server follows the account's language; that it was chosen by its person stands beside it.
      await keep({ language, preferences: { language } });
    },
    setTheme: async (choice) => {
      theme.setChoice(choice);
      await keep({ preferences: { theme: choice } });
    },
  };
}

/**
 * Puts what the account says in force on this device: when somebody signs in, and when another device changed it.
 * An account that never chose leaves the device as it is. Call it once.
 */
export function followPreferences(): void {
  const { user } = useSignIn();
  const i18n = useI18n();
  const theme = useTheme();
  const chosen = (name: string): unknown => user()?.preferences[name];
  createEffect(
    on(
      () => chosen("language"),
      (language) => {
        if (isLanguage(language) && language !== i18n.language()) {
          i18n.setLanguage(language).catch(() => undefined);
        }
      },
    ),
  );
  createEffect(
    on(
      () => chosen("theme"),
      (choice) => {
        if (isThemeChoice(choice) && choice !== theme.choice()) theme.setChoice(choice);
      },
    ),
  );
}

/** Only the answer to the last of several changes counts: an earlier one would turn it back for a moment. */
async function keep(change: Change): Promise<void> {
  const person = signInKeeper.held()?.user;
  if (person === undefined || person.role === "guest") return;
  const own = ++latest;
  const user: User = await dataOf(api.PATCH("/api/me", { body: change }));
  if (own === latest) signInKeeper.changeUser(user);
}
