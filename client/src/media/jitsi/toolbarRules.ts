/** Who comes and goes the classroom tells; in a narrow strip this lies over everybody's picture. */
const comingAndGoing = ["connected", "left"].flatMap((what) =>
  ["OneMember", "TwoMembers", "ThreePlusMembers"].map((who) => `notify.${what}${who}`),
);

/**
 * What Jitsi's page shows inside a class: sound, pictures and their settings. Chat, hands, people, invitations,
 * recordings and the way out are the classroom's (`jitsi/web/custom-config.js` says the same on the server).
 */
export function toolbarRules(start: {
  readonly microphone: boolean;
  readonly camera: boolean;
}): Readonly<Record<string, unknown>> {
  return {
    toolbarButtons: ["tileview", "videoquality", "select-background", "settings", "fullscreen"],
    // Its bar lies over the pictures: no longer at the beginning than whenever the pointer moves.
    toolbarConfig: { initialTimeout: 4_000 },
    prejoinConfig: { enabled: false },
    startWithAudioMuted: !start.microphone,
    startWithVideoMuted: !start.camera,
    // By itself the eleventh who comes would begin without sound and picture, whatever they chose.
    startAudioMuted: 10_000,
    startVideoMuted: 10_000,
    disableInviteFunctions: true,
    disabledSounds: ["PARTICIPANT_JOINED_SOUND", "PARTICIPANT_LEFT_SOUND"],
    disabledNotifications: comingAndGoing,
    disableDeepLinking: true,
    disablePolls: true,
    disableReactions: true,
    disableProfile: true,
    disableSelfDemote: true,
    disableThirdPartyRequests: true,
    doNotStoreRoom: true,
    hideConferenceSubject: true,
    hideConferenceTimer: true,
    recordingService: { enabled: false },
    localRecording: { disable: true },
    liveStreaming: { enabled: false },
    transcription: { enabled: false },
    breakoutRooms: { hideAddRoomButton: true },
    remoteVideoMenu: { disableGrantModerator: true, disablePrivateChat: true },
  };
}
