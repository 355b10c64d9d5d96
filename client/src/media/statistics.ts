/** What the media of a class have cost and how well they arrive, all connections together. */
export interface MediaStatistics {
  /** Since the provider was made, closed connections included. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /**
   * To the other end and back, on the slowest connection to the server that is open, in a mesh on the quickest to
   * anybody; null where none was measured yet.
   */
  readonly roundTripMs: number | null;
  /**
   * Packets that were lost on the way, 0 to 1, on that connection and in its worse direction, since the statistics
   * were last asked for; null where nothing was sent since.
   */
  readonly lossFraction: number | null;
}

/** Nothing was sent or received. */
export const noStatistics: MediaStatistics = {
  bytesSent: 0,
  bytesReceived: 0,
  roundTripMs: null,
  lossFraction: null,
};

/** Both together: the bytes of both, the worse line of the two. */
export function addStatistics(left: MediaStatistics, right: MediaStatistics): MediaStatistics {
  return {
    bytesSent: left.bytesSent + right.bytesSent,
    bytesReceived: left.bytesReceived + right.bytesReceived,
    roundTripMs: worse(left.roundTripMs, right.roundTripMs),
    lossFraction: worse(left.lossFraction, right.lossFraction),
  };
}

/**
 * Ways to several people together: the bytes of all, and the better line of the two. What is wrong on one of them alone
 * is wrong with that person's line, and not with one's own.
 */
export function addPaths(left: MediaStatistics, right: MediaStatistics): MediaStatistics {
  return {
    bytesSent: left.bytesSent + right.bytesSent,
    bytesReceived: left.bytesReceived + right.bytesReceived,
    roundTripMs: better(left.roundTripMs, right.roundTripMs),
    lossFraction: better(left.lossFraction, right.lossFraction),
  };
}

/** Of a connection that is closed only what it has cost counts on. */
export function costOf({ bytesSent, bytesReceived }: MediaStatistics): MediaStatistics {
  return { ...noStatistics, bytesSent, bytesReceived };
}

/** The greater of two measures, of which either may be missing. */
export function worse(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.max(left, right);
}

function better(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.min(left, right);
}
