import type { Locator, Page } from "playwright-core";

/** A place on a picture, as fractions of its width and height. */
export interface PicturePlace {
  readonly x: number;
  readonly y: number;
}

/** From the next page on the browser shares an upright screen: beside it there are bars, which no place may count. */
export async function shareUpright(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 480, height: 640 });
      const brush = canvas.getContext("2d");
      setInterval(() => {
        if (brush === null) return;
        brush.fillStyle = brush.fillStyle === "#ffffff" ? "#f0f0f0" : "#ffffff";
        brush.fillRect(0, 0, canvas.width, canvas.height);
      }, 200);
      return Promise.resolve(canvas.captureStream(5));
    };
  });
}

/** The tile of the screen that somebody else shares. */
export function screenTile(page: Page): Locator {
  return page.locator('[data-tile^="screen:"]');
}

/** Where the picture itself lies, in pixels of the window, without the bars that its tile has beside it. */
async function pictureBox(page: Page) {
  const video = screenTile(page).locator("video");
  const [box, { width, height }] = await Promise.all([
    video.boundingBox(),
    video.evaluate((element: HTMLVideoElement) => ({
      width: element.videoWidth,
      height: element.videoHeight,
    })),
  ]);
  if (!box || width === 0) throw new Error("no shared screen is to be seen");
  const scale = Math.min(box.width / width, box.height / height);
  return {
    left: box.x + (box.width - width * scale) / 2,
    top: box.y + (box.height - height * scale) / 2,
    width: width * scale,
    height: height * scale,
  };
}

/** Moves the mouse to a place of the shared picture. */
export async function moveTo(page: Page, { x, y }: PicturePlace): Promise<void> {
  const box = await pictureBox(page);
  await page.mouse.move(box.left + x * box.width, box.top + y * box.height);
}

/** Where on the shared picture the middle of that person's dot is, to a hundredth; null while there is none. */
export async function dotPlace(page: Page, name: string): Promise<PicturePlace | null> {
  const dots = screenTile(page).locator("[data-pointer]").filter({ hasText: name });
  const [middle] = await dots.evaluateAll((found) =>
    found.map((dot) => {
      const { left, top, width, height } = dot.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }),
  );
  if (!middle) return null;
  const box = await pictureBox(page);
  const toHundredth = (fraction: number) => Math.round(fraction * 100) / 100;
  return {
    x: toHundredth((middle.x - box.left) / box.width),
    y: toHundredth((middle.y - box.top) / box.height),
  };
}
