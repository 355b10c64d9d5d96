import { describe, expect, it } from "vitest";
import { ApiProblem } from "./ApiProblem.ts";
import {
  createSignInKeeper,
  type SignInEnd,
  type SignInKeeper,
  type SignInNews,
  type SignInPorts,
} from "./createSignInKeeper.ts";
import type { components } from "./schema.d.ts";
import { amina } from "./test/signedInUser.ts";

type SignedIn = components["schemas"]["SignedIn"];

const signedIn = (accessToken: string, user = amina): SignedIn => ({
  accessToken,
  expiresInSeconds: 900,
  user,
});

/** Tabs of one browser before one server: a lock, a channel and a cookie that each refresh rotates. */
function makeBrowser() {
  const listeners: ((news: SignInNews) => void)[][] = [];
  const timers = new Map<() => void, number>();
  let lock: Promise<unknown> = Promise.resolve();
  let nowMs = 0;
  let refreshes = 0;
  let isRemembered = false;
  let answer = (): Promise<SignedIn | null> => Promise.resolve(signedIn(`token-${refreshes}`));

  const openTab = (): SignInKeeper => {
    const own: ((news: SignInNews) => void)[] = [];
    listeners.push(own);
    const ports: SignInPorts = {
      refresh: () => {
        refreshes += 1;
        return answer();
      },
      remembersSignIn: () => isRemembered,
      exclusively: (work) => {
        const turn = lock.then(work);
        lock = turn.catch(() => undefined);
        return turn;
      },
      announce: (news) => {
        for (const others of listeners.filter((each) => each !== own)) {
          for (const listen of others) listen(news);
        }
      },
      onNews: (listen) => void own.push(listen),
      now: () => nowMs,
      later: (work, afterMs) => {
        timers.set(work, nowMs + afterMs);
        return () => timers.delete(work);
      },
    };
    return createSignInKeeper(ports);
  };

  return {
    openTab,
    refreshes: () => refreshes,
    remember: () => (isRemembered = true),
    answerWith: (next: typeof answer) => (answer = next),
    advance: (ms: number) => {
      nowMs += ms;
      for (const [work, atMs] of [...timers]) {
        if (atMs > nowMs) continue;
        timers.delete(work);
        work();
      }
    },
    // Every promise of a renewal is settled before the next timer.
    settle: () => new Promise((resolve) => setTimeout(resolve)),
  };
}

describe("renewing the access token", () => {
  it("asks once for all requests that were refused together", async () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("old"));
    const renewed = await Promise.all([tab.renew("old"), tab.renew("old"), tab.renew("old")]);
    expect(renewed.map((held) => held?.accessToken)).toEqual(["token-1", "token-1", "token-1"]);
    expect(browser.refreshes()).toBe(1);
  });

  it("asks once for two tabs whose tokens end together", async () => {
    const browser = makeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    first.accept(signedIn("old"));
    await Promise.all([first.renew("old"), second.renew("old")]);
    expect(browser.refreshes()).toBe(1);
    expect(second.held()?.accessToken).toBe("token-1");
  });

  it("does not ask at all when a newer token is here already", async () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("new"));
    expect((await tab.renew("old"))?.accessToken).toBe("new");
    expect(browser.refreshes()).toBe(0);
  });

  it("renews a minute before the end by itself", async () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("old"));
    browser.advance(839_000);
    await browser.settle();
    expect(browser.refreshes()).toBe(0);
    browser.advance(1_000);
    await browser.settle();
    expect(tab.held()?.accessToken).toBe("token-1");
  });

  it("keeps the person while the server is away, and tries again", async () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("old"));
    browser.answerWith(() => Promise.reject(new ApiProblem("unreachable")));
    browser.advance(840_000);
    await browser.settle();
    expect(tab.held()?.user.name).toBe("Amina Juma");
    browser.answerWith(() => Promise.resolve(signedIn("back")));
    browser.advance(15_000);
    await browser.settle();
    expect(tab.held()?.accessToken).toBe("back");
  });

  it("tells that nobody is signed in any more", async () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("old"));
    browser.answerWith(() => Promise.resolve(null));
    expect(await tab.renew("old")).toBeNull();
    expect(tab.held()).toBeNull();
  });
});

describe("when nobody is signed in any more", () => {
  const endings = (tab: SignInKeeper): SignInEnd[] => {
    const seen: SignInEnd[] = [];
    tab.onChange((held, end) => {
      if (held === null) seen.push(end);
    });
    return seen;
  };

  it("tells a sign-in that the server ended from a visitor who never had one", async () => {
    const browser = makeBrowser();
    browser.answerWith(() => Promise.resolve(null));
    const [visitor, guest] = [browser.openTab(), browser.openTab()];
    const [seenByVisitor, seenByGuest] = [endings(visitor), endings(guest)];
    await visitor.renew(null);
    expect(seenByVisitor).toEqual(["nobody"]);
    guest.accept(signedIn("old"));
    await guest.renew("old");
    expect(seenByGuest).toEqual(["server"]);
  });

  it("knows after a reload that somebody was", async () => {
    const browser = makeBrowser();
    browser.answerWith(() => Promise.resolve(null));
    browser.remember();
    const tab = browser.openTab();
    const seen = endings(tab);
    await tab.renew(null);
    expect(seen).toEqual(["server"]);
  });

  it("tells the tab where it was asked for from the others", () => {
    const browser = makeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    const [seenByFirst, seenBySecond] = [endings(first), endings(second)];
    first.accept(signedIn("token"));
    first.clear();
    expect([seenByFirst, seenBySecond]).toEqual([["here"], ["otherTab"]]);
  });
});

describe("what changes about the person", () => {
  it("reaches all tabs and costs no token", () => {
    const browser = makeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    first.accept(signedIn("token"));
    first.changeUser({ ...amina, name: "Amina J. Juma" });
    expect(second.held()).toMatchObject({
      accessToken: "token",
      user: { name: "Amina J. Juma" },
    });
  });

  it("is not taken for somebody else", () => {
    const browser = makeBrowser();
    const tab = browser.openTab();
    tab.accept(signedIn("token"));
    tab.changeUser({ ...amina, id: "neema" });
    expect(tab.held()?.user.id).toBe("amina");
  });
});

describe("tabs of one browser", () => {
  it("sign out together", () => {
    const browser = makeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    first.accept(signedIn("token"));
    expect(second.held()?.user.id).toBe("amina");
    second.clear();
    expect(first.held()).toBeNull();
  });

  it("follow when another person signs in", () => {
    const browser = makeBrowser();
    const [first, second] = [browser.openTab(), browser.openTab()];
    first.accept(signedIn("one"));
    second.accept(signedIn("two", { ...amina, id: "neema" }));
    expect(first.held()?.user.id).toBe("neema");
  });
});
