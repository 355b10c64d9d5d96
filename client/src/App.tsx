import { Route, Router, useLocation, type RouteSectionProps } from "@solidjs/router";
import { createEffect, ErrorBoundary, For, on, Suspense, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import { SignInProvider } from "./api/SignIn.tsx";
import { I18nProvider, type Spoken } from "./i18n/I18n.tsx";
import { pages } from "./pages.ts";
import { FailedPage } from "./shell/FailedPage.tsx";
import { NotFoundPage } from "./shell/NotFoundPage.tsx";
import { RequireSignIn } from "./shell/RequireSignIn.tsx";
import { ThemeProvider } from "./theme/Theme.tsx";
import { ToastProvider } from "./ui/Toasts.tsx";

/** The whole client: what every page needs around it, and which address shows which page. */
export function App(props: { readonly words: Spoken }): JSX.Element {
  return (
    <I18nProvider initial={props.words}>
      <ThemeProvider>
        <ToastProvider>
          <SignInProvider>
            <Router root={Root}>
              <For each={pages}>
                {(page) => (
                  <Route
                    path={page.path}
                    component={
                      page.signedIn === true ? behindSignIn(page.component) : page.component
                    }
                  />
                )}
              </For>
              <Route path="*" component={NotFoundPage} />
            </Router>
          </SignInProvider>
        </ToastProvider>
      </ThemeProvider>
    </I18nProvider>
  );
}

function behindSignIn(page: Component): Component {
  return () => <RequireSignIn>{() => <Dynamic component={page} />}</RequireSignIn>;
}

function Root(props: RouteSectionProps): JSX.Element {
  const location = useLocation();
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
