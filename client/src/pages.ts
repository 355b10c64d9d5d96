import { lazy, type Component } from "solid-js";
import { loadCatalogue, type CataloguePart } from "./i18n/catalogue.ts";
import type { Language } from "./i18n/language.ts";

/** An address and the page that stands there. */
export interface PageEntry {
  /** As the router writes it. */
  readonly path: string;
  /** The same for a look at the address before the router exists. */
  readonly pattern: RegExp;
  readonly component: Component & { readonly preload: () => Promise<unknown> };
  /** The words it needs beside those of the start. */
  readonly words?: CataloguePart;
  /** Only for those who are signed in; others sign in first and come back. */
  readonly signedIn?: true;
}

/** Every page is a file of its own: a classroom on a thin network does not wait for the start page's code. */
export const pages: readonly PageEntry[] = [
  {
    path: "/",
    pattern: /^\/$/,
    component: lazy(async () => ({ default: (await import("./home/HomePage.tsx")).HomePage })),
  },
  {
    path: "/sign-in",
    pattern: /^\/sign-in$/,
    component: lazy(async () => ({
      default: (await import("./account/SignInPage.tsx")).SignInPage,
    })),
    words: "door",
  },
  {
    path: "/demo",
    pattern: /^\/demo$/,
    component: lazy(async () => ({ default: (await import("./account/DemoPage.tsx")).DemoPage })),
    words: "door",
  },
  {
    path: "/forgot",
    pattern: /^\/forgot$/,
    component: lazy(async () => ({
      default: (await import("./account/links/ForgotPage.tsx")).ForgotPage,
    })),
    words: "door",
  },
  {
    path: "/reset",
    pattern: /^\/reset$/,
    component: lazy(async () => ({
      default: (await import("./account/links/ResetPage.tsx")).ResetPage,
    })),
    words: "door",
  },
  {
    path: "/verify",
    pattern: /^\/verify$/,
    component: lazy(async () => ({
      default: (await import("./account/links/VerifyPage.tsx")).VerifyPage,
    })),
    words: "door",
  },
  {
    path: "/invite",
    pattern: /^\/invite$/,
    component: lazy(async () => ({
      default: (await import("./account/invite/InvitePage.tsx")).InvitePage,
    })),
    words: "door",
  },
  {
    path: "/new-school",
    pattern: /^\/new-school$/,
    component: lazy(async () => ({
      default: (await import("./account/newSchool/NewSchoolPage.tsx")).NewSchoolPage,
    })),
    words: "door",
  },
  {
    path: "/admin/:tab?",
    pattern: /^\/admin(?:\/|$)/,
    component: lazy(async () => ({ default: (await import("./admin/AdminPage.tsx")).AdminPage })),
    words: "admin",
    signedIn: true,
  },
  {
    path: "/safeguarding",
    pattern: /^\/safeguarding$/,
    component: lazy(async () => ({
      default: (await import("./safeguarding/SafeguardingPage.tsx")).SafeguardingPage,
    })),
    words: "safeguarding",
    signedIn: true,
  },
  {
    path: "/join/:code?",
    pattern: /^\/join(?:\/|$)/,
    component: lazy(async () => ({ default: (await import("./join/JoinPage.tsx")).JoinPage })),
    words: "join",
  },
  {
    path: "/join-link",
    pattern: /^\/join-link$/,
    component: lazy(async () => ({
      default: (await import("./join/JoinLinkPage.tsx")).JoinLinkPage,
    })),
    words: "join",
  },
  {
    path: "/account",
    pattern: /^\/account$/,
    component: lazy(async () => ({
      default: (await import("./account/settings/AccountPage.tsx")).AccountPage,
    })),
    words: "account",
    signedIn: true,
  },
  {
    path: "/class/:id",
    pattern: /^\/class\/[^/]+$/,
    component: lazy(async () => ({
      default: (await import("./classroom/ClassPage.tsx")).ClassPage,
    })),
    words: "class",
    signedIn: true,
  },
  {
    path: "/class/:id/register",
    pattern: /^\/class\/[^/]+\/register$/,
    component: lazy(async () => ({
      default: (await import("./register/RegisterPage.tsx")).RegisterPage,
    })),
    words: "register",
  },
  {
    path: "/room/:id/register",
    pattern: /^\/room\/[^/]+\/register$/,
    component: lazy(async () => ({
      default: (await import("./register/term/TermPage.tsx")).TermPage,
    })),
    words: "register",
    signedIn: true,
  },
  {
    path: "/room/:id/recordings",
    pattern: /^\/room\/[^/]+\/recordings$/,
    component: lazy(async () => ({
      default: (await import("./recording/RecordingsPage.tsx")).RecordingsPage,
    })),
    words: "register",
    signedIn: true,
  },
  {
    path: "/room/:id/register/:participantId",
    pattern: /^\/room\/[^/]+\/register\/[^/]+$/,
    component: lazy(async () => ({
      default: (await import("./register/term/StudentPage.tsx")).StudentPage,
    })),
    words: "register",
    signedIn: true,
  },
];

/** Starts to bring the page of that address, beside whatever else is being loaded. */
export function preloadPage(pathname: string, language: Language): void {
  const page = pages.find(({ pattern }) => pattern.test(pathname));
  // A failure shows again, with words, when the page is really wanted.
  void page?.component.preload().catch(() => undefined);
  if (page?.words !== undefined) {
    void loadCatalogue(language, page.words).catch(() => undefined);
  }
}
