/**
 * A connection that says nothing for this long is dead, up to 4 s earlier for uWebSockets.js, which counts by those;
 * it is pinged before. Browsers answer pings by themselves. Presence is right 35 s after any crash because this is less.
 */
export const idleTimeoutSeconds = 32;

/** An upgrade request that is not whole by then is given up. uWebSockets.js does so after 8 to 12 s. */
export const upgradeTimeoutMs = 8_000;

/** How long a connection gets to answer a close before it is cut. */
export const closeGraceMs = 2_000;
