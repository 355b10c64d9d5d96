import { Route, Router, useLocation, type RouteSectionProps } from "@solidjs/router";
import { createEffect, ErrorBoundary, lazy, on, Suspense, type JSX } from "solid-js";
import { SignInProvider } from "./api/SignIn.tsx";
import { DemoPage } from "./account/DemoPage.tsx";
import { SignInPage } from "./account/SignInPage.tsx";
import { HomePage } from "./home/HomePage.tsx";
import { I18nProvider, type Spoken } from "./i18n/I18n.tsx";
import { JoinPage } from "./join/JoinPage.tsx";
import { FailedPage } from "./shell/FailedPage.tsx";
import { NotFoundPage } from "./shell/NotFoundPage.tsx";
import { RequireSignIn } from "./shell/RequireSignIn.tsx";
import { ThemeProvider } from "./theme/Theme.tsx";
import { ToastProvider } from "./ui/Toasts.tsx";

const ClassPage = lazy(async () => ({
  default: (await import("./classroom/ClassPage.tsx")).ClassPage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import("./register/RegisterPage.tsx")).RegisterPage,
}));

/** The whole client: what every page needs around it, and which address shows which page. */
export function App(props: { readonly words: Spoken }): JSX.Element {
  return (
    <I18nProvider initial={props.words}>
      <ThemeProvider>
        <ToastProvider>
          <SignInProvider>
            <Router root={Root}>
              <Route path="/" component={HomePage} />
              <Route path="/sign-in" component={SignInPage} />
              <Route path="/demo" component={DemoPage} />
              <Route path="/join/:code?" component={JoinPage} />
              <Route path="/class/:id" component={Classroom} />
              <Route path="/class/:id/register" component={RegisterPage} />
              <Route path="*" component={NotFoundPage} />
            </Router>
          </SignInProvider>
        </ToastProvider>
      </ThemeProvider>
    </I18nProvider>
  );
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
    <ErrorBoundary fallback={(error, reset) => <FailedPage error={error} onRetry={reset} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

function Classroom(): JSX.Element {
  return <RequireSignIn>{() => <ClassPage />}</RequireSignIn>;
}
