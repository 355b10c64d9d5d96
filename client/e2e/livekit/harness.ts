/** The page of the LiveKit tests: a provider and plain elements that show it. The test plays the API. */
import { DarasaError, type MediaState, type TrackKind } from "@darasa/protocol";
import { Room, Track } from "livekit-client";
import { createBrowserLiveKit } from "../../src/media/livekit/createBrowserLiveKit.ts";
import { noOpenDevices } from "../../src/media/openDevices.ts";
import type { MediaProvider } from "../../src/media/provider.ts";
import { putVoiceIntoMicrophone } from "../mesh/endlessVoice.ts";
import { createShownMedia } from "../mesh/shownMedia.ts";
import type { LiveKitWindow } from "./harnessWindow.ts";

const page = window as unknown as LiveKitWindow;
const shown = createShownMedia();
const forcedOff: TrackKind[] = [];
let media: MediaState | null = null;
let started: MediaProvider | null = null;
let forged: Room | null = null;
let speaks = false;

function provider(): MediaProvider {
  if (started === null) throw new Error("not started");
  return started;
}

putVoiceIntoMicrophone(() => speaks);

page.livekit = {
  start: async (participantId, call, speaking = false) => {
    speaks = speaking;
    forcedOff.length = 0;
    media = null;
    const made = createBrowserLiveKit({
      call,
      renew: async () => {
        const answer = await page.nextCall();
        if (typeof answer === "string") throw new DarasaError(answer);
        return answer;
      },
      port: {
        participantId,
        setMedia: (state) => {
          media = state;
        },
      },
      devices: { microphone: null, camera: null, speaker: null },
      opened: noOpenDevices,
    });
    started = made;
    made.onChange(() => shown.show(started === made ? made.snapshot().remotes : []));
    made.onForcedOff((kind) => forcedOff.push(kind));
    await Promise.all([
      made.connect(),
      made.setTrack("camera", true),
      made.setTrack("microphone", true),
    ]);
  },
  stop: async () => {
    await Promise.all([started?.disconnect(), forged?.disconnect()]);
    started = forged = null;
    shown.show([]);
  },
  shown: () => {
    const { status, refusal, can, local, remotes } = provider().snapshot();
    const named = remotes.map(({ participantId, quality, microphone, camera, screen }) => {
      const streams = Object.entries({ microphone, camera, screen })
        .filter(([, stream]) => stream !== null)
        .map(([name]) => name);
      return [participantId, { quality, streams }] as const;
    });
    return {
      status,
      refusal,
      can,
      local: {
        microphone: local.microphone.state,
        camera: local.camera.state,
        screen: local.screen.state,
      },
      remotes: Object.fromEntries(named),
      forcedOff: [...forcedOff],
      media,
    };
  },
  setTrack: (kind, on) => provider().setTrack(kind, on),
  reopenCamera: () => provider().setDevice("camera", null),
  setMode: (mode) => provider().setMode(mode),
  setTeachers: (ids) => provider().setTeachers(new Set(ids)),
  setWanted: (picture) => provider().setWanted(picture),
  levels: () =>
    new Promise((resolve) => {
      const stop = provider().onLevels((levels) => {
        stop();
        resolve(Object.fromEntries(levels));
      });
    }),
  statistics: () => provider().statistics(),
  pictures: shown.pictures,
  arriving: shown.arriving,
  sentLayers: shown.sentLayers,
  audioEnergy: shown.audioEnergy,
  forgeScreen: async ({ url, token }) => {
    const room = (forged = new Room());
    await room.connect(url, token);
    const { permissions } = room.localParticipant;
    if (permissions === undefined) throw new Error("nothing is permitted yet");
    permissions.canPublishSources = [];
    const { localParticipant } = room;
    const [screen] = (await navigator.mediaDevices.getDisplayMedia()).getVideoTracks();
    const [camera] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
    if (screen === undefined || camera === undefined) throw new Error("nothing to send");
    // No answer comes to what is refused.
    localParticipant
      .publishTrack(screen, { source: Track.Source.ScreenShare })
      .catch(() => undefined);
    await localParticipant.publishTrack(camera, { source: Track.Source.Camera });
  },
};

page.isHarnessReady = true;
