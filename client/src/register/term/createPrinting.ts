import { createSignal, onCleanup, type Accessor } from "solid-js";

/** True while the page is put on paper, from before its pages are made. */
export function createPrinting(): Accessor<boolean> {
  const [isPrinting, setIsPrinting] = createSignal(false);
  const begin = (): void => void setIsPrinting(true);
  const end = (): void => void setIsPrinting(false);
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  onCleanup(() => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  });
  return isPrinting;
}
