/** What one connection may send. Beyond it, it is closed, or for awareness not listened to. */
export interface FrameBudget {
  /** Takes a sync frame of that many bytes: false when it is too much. */
  takeSync(bytes: number): boolean;
  /** Takes a question what the document has, which makes the worker encode it. */
  takeQuestion(): boolean;
  takeAwareness(): boolean;
}

interface Bucket {
  take(amount: number): boolean;
}

const perSecond = {
  frames: { rate: 200, burst: 1_000 },
  /** A returning client brings what it drew offline, in frames of up to 1 MiB. */
  bytes: { rate: 512 * 1024, burst: 20 * 1024 * 1024 },
  questions: { rate: 2, burst: 20 },
  /** Peers of y-websocket repeat what they hear of others. */
  awareness: { rate: 60, burst: 120 },
} as const;

/** Full buckets for a new connection. */
export function createFrameBudget(now: () => number): FrameBudget {
  const frames = createBucket(perSecond.frames, now);
  const bytes = createBucket(perSecond.bytes, now);
  const questions = createBucket(perSecond.questions, now);
  const awareness = createBucket(perSecond.awareness, now);
  return {
    takeSync: (size) => frames.take(1) && bytes.take(size),
    takeQuestion: () => questions.take(1),
    takeAwareness: () => awareness.take(1),
  };
}

function createBucket(
  { rate, burst }: { readonly rate: number; readonly burst: number },
  now: () => number,
): Bucket {
  let tokens = burst;
  let atMs = now();
  return {
    take(amount) {
      const nowMs = now();
      tokens = Math.min(burst, tokens + (Math.max(0, nowMs - atMs) / 1_000) * rate);
      atMs = nowMs;
      if (tokens < amount) return false;
      tokens -= amount;
      return true;
    },
  };
}
