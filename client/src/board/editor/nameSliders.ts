/**
 * Gives each slider's thumb the name of its slider, which tldraw 3.15 leaves out (WCAG 2.2, 4.1.2), until the
 * returned function is called. Only the tools are watched, not what is drawn.
 */
export function nameSliders(container: HTMLElement): () => void {
  const tools = container.querySelector(".tlui-layout") ?? container;
  const name = (): void => {
    for (const slider of tools.querySelectorAll<HTMLElement>(".tlui-slider")) {
      const thumb = slider.querySelector(".tlui-slider__thumb");
      if (thumb?.getAttribute("aria-label") !== slider.title) {
        thumb?.setAttribute("aria-label", slider.title);
      }
    }
  };
  name();
  const observer = new MutationObserver(name);
  observer.observe(tools, { childList: true, subtree: true, attributeFilter: ["title"] });
  return () => observer.disconnect();
}
