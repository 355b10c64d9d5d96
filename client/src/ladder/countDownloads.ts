/** What the page has loaded since the count began. */
export interface Downloads {
  /** Bytes over the line; what came from the cache counts nothing. */
  readonly bytes: () => number;
  readonly stop: () => void;
}

/** Begins to count, at nothing; a browser that does not tell counts nothing. */
export function countDownloads(): Downloads {
  let bytes = 0;
  try {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry instanceof PerformanceResourceTiming) bytes += entry.transferSize;
    });
    observer.observe({ type: "resource" });
    return { bytes: () => bytes, stop: () => observer.disconnect() };
  } catch {
    return { bytes: () => 0, stop: () => undefined };
  }
}
