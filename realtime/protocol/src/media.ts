export const videoProviders = ["mesh", "livekit", "jitsi", "none"] as const;
/** What a class sees and hears through. `none`: board and text only. */
export type VideoProvider = (typeof videoProviders)[number];

export const trackKinds = ["microphone", "camera", "screen"] as const;
/** What somebody sends. The sound of a shared screen belongs to the screen. */
export type TrackKind = (typeof trackKinds)[number];

export const connectionModes = ["full", "lite", "audio", "text"] as const;
/**
 * How much of a class somebody takes, from all of it down to what a thin network carries: everything; the teacher's
 * picture alone, small; sound and board; text and board.
 */
export type ConnectionMode = (typeof connectionModes)[number];
