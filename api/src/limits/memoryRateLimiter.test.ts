import { makeMemoryRateLimiter } from "./memoryRateLimiter.ts";
import { describeRateLimiter } from "./rateLimiter.contract.ts";

describeRateLimiter(() => {
  let nowMs = 0;
  return {
    limiter: makeMemoryRateLimiter(() => nowMs),
    advance: (ms) => void (nowMs += ms),
  };
});
