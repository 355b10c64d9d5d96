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
    prejoinConfig: { enabled: false },
    prejoinPageEnabled: false,
    startWithAudioMuted: !start.microphone,
    startWithVideoMuted: !start.camera,
    disableInviteFunctions: true,
    disableDeepLinking: true,
    disablePolls: true,
    disableReactions: true,
    disableProfile: true,
    disableSelfDemote: true,
    disableThirdPartyRequests: true,
    doNotStoreRoom: true,
    hideConferenceSubject: true,
    hideConferenceTimer: true,
    enableWelcomePage: false,
    enableClosePage: false,
    recordingService: { enabled: false },
    localRecording: { disable: true },
    liveStreaming: { enabled: false },
    transcription: { enabled: false },
    whiteboard: { enabled: false },
    breakoutRooms: { hideAddRoomButton: true },
    remoteVideoMenu: { disableGrantModerator: true, disablePrivateChat: true },
  };
}
