import type { Locator, Page } from "playwright-core";

/** Waits until that is to be read there. News are in the page twice while they are also said to screen readers. */
export async function waitForText(
  place: Page | Locator,
  ...words: Parameters<Page["getByText"]>
): Promise<void> {
  await place
    .getByText(...words)
    .filter({ visible: true })
    .first()
    .waitFor();
}

/** Waits until that is to be read nowhere there any more. */
export async function waitForTextGone(
  place: Page | Locator,
  ...words: Parameters<Page["getByText"]>
): Promise<void> {
  await place
    .getByText(...words)
    .first()
    .waitFor({ state: "detached" });
}
