// The rules of Darasa's toolbar, for whoever opens a class here: after Jitsi's own settings, in its page. Darasa says
// the same to the frame that it shows (client/src/media/jitsi/toolbarRules.ts); here it holds for everybody.
/* global config */

// Chat, hands, people, reactions, boards and the way out are Darasa's.
config.toolbarButtons = [
  "microphone",
  "camera",
  "desktop",
  "tileview",
  "videoquality",
  "select-background",
  "settings",
  "fullscreen",
];
config.disableInviteFunctions = true;
config.disableSelfDemote = true;
// Nothing is said of `enableLobby`: the page of moderators falls over one that is off (lib-jitsi-meet asks it anyway).
config.hideLobbyButton = true;
config.hideConferenceSubject = true;
config.hideConferenceTimer = true;
config.recordingService = { enabled: false };
config.localRecording = { disable: true };
config.fileRecordingsEnabled = false;
config.liveStreaming = { enabled: false };
config.transcription = { enabled: false };
config.whiteboard = { enabled: false };
config.breakoutRooms = {
  hideAddRoomButton: true,
  hideAutoAssignButton: true,
  hideJoinRoomButton: true,
};

// Nobody else hears of a class: no pictures of strangers' servers, no counting, no room in the browser's memory.
config.disableThirdPartyRequests = true;
config.analytics = { disabled: true };
config.callStatsID = undefined;
config.doNotStoreRoom = true;
config.gravatar = { disabled: true };
