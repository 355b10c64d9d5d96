import { Route, Router, useLocation, type RouteSectionProps } from "@solidjs/router";
import {
  createEffect,
  createResource,
  ErrorBoundary,
  For,
  on,
  Show,
  Suspense,
  type Component,
  type JSX,
} from "solid-js";
import { Dynamic } from "solid-js/web";
import { SignInProvider, useSignIn } from "./api/SignIn.tsx";
import type { CataloguePart } from "./i18n/catalogue.ts";
import { I18nProvider, useI18n, type Spoken } from "./i18n/I18n.tsx";
import { pages, type PageEntry } from "./pages.ts";
import { FailedPage } from "./shell/FailedPage.tsx";
import { NotFoundPage } from "./shell/NotFoundPage.tsx";
import { RequireSignIn } from "./shell/RequireSignIn.tsx";
import { followPreferences } from "./shell/usePreferences.ts";
import { ThemeProvider } from "./theme/Theme.tsx";
import { ToastProvider, useToasts } from "./ui/Toasts.tsx";

/** The whole client: what every page needs around it, and which address shows which page. */
export function App(props: { readonly words: Spoken }): JSX.Element {
  return (
    <I18nProvider initial={props.words}>
      <ThemeProvider>
        <ToastProvider>
          <SignInProvider>
            <Router root={Root}>
              <For each={pages}>
                {(page) => <Route path={page.path} component={pageComponent(page)} />}
              </For>
              <Route path="*" component={NotFoundPage} />
            </Router>
          </SignInProvider>
        </ToastProvider>
      </ThemeProvider>
    </I18nProvider>
  );
}

/** The page behind what it asks for: its words, and somebody who is signed in. */
function pageComponent(page: PageEntry): Component {
  const { words, signedIn } = page;
  const shown: Component =
    words === undefined ? page.component : () => <WithWords words={words} page={page.component} />;
  return signedIn === true
    ? () => <RequireSignIn>{() => <Dynamic component={shown} />}</RequireSignIn>
    : shown;
}

function WithWords(props: {
  readonly words: CataloguePart;
  readonly page: Component;
}): JSX.Element {
  const { need } = useI18n();
  const [ready] = createResource(
    () => props.words,
    async (words) => {
      await need(words);
      return true;
    },
  );
  return (
    <Show when={ready()}>
      <Dynamic component={props.page} />
    </Show>
  );
}

function Root(props: RouteSectionProps): JSX.Element {
  const location = useLocation();
  const { user } = useSignIn();
  const toasts = useToasts();
  followPreferences();
  createEffect(
    on(
      () => user()?.id,
      (_, before) => {
        if (before !== undefined) toasts.forget();
      },
    ),
  );
  // A new page is told to screen readers by moving the focus into it, as a full load would.
  createEffect(
    on(
      () => location.pathname,
      () => queueMicrotask(() => document.querySelector<HTMLElement>("main")?.focus()),
      { defer: true },
    ),
  );
  return (
    <ErrorBoundary
      fallback={(error: unknown, reset: () => void) => <FailedPage error={error} onRetry={reset} />}
    >
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  );
}
