import type { ConnectionMode, ParticipantId } from "@darasa/protocol";
import {
  ConnectionQuality,
  type RemoteParticipant,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  Track,
  VideoQuality,
} from "livekit-client";
import type { LineQuality, RemoteMedia, WantedPicture } from "../provider.ts";
import { receivedPictures } from "../receivedPictures.ts";
import { mendStream } from "./mendStream.ts";

/** What arrives from the others in a room, and how much of it is asked for. */
export interface Receiver {
  readonly remotes: () => readonly RemoteMedia[];
  readonly setMode: (mode: ConnectionMode) => void;
  readonly setTeachers: (teachers: ReadonlySet<ParticipantId>) => void;
  readonly setWanted: (picture: WantedPicture) => void;
  readonly close: () => void;
}

type Streams = Pick<RemoteMedia, "microphone" | "camera" | "screen">;

const noStreams: Streams = { microphone: null, camera: null, screen: null };
const changes = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackSubscriptionStatusChanged,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.Connected,
  RoomEvent.Reconnected,
  RoomEvent.Disconnected,
] as const;

/** Takes everything of everybody, until it is told of a mode. `onChange` is called when `remotes` may have changed. */
export function createReceiver(room: Room, onChange: () => void): Receiver {
  return new RoomReceiver(room, onChange);
}

class RoomReceiver implements Receiver {
  readonly #room: Room;
  readonly #onChange: () => void;
  readonly #streams = new Map<string, Streams>();
  /** Widths in pixels of the device, by person and source. */
  readonly #wanted = new Map<string, number>();
  #mode: ConnectionMode = "full";
  #teachers: ReadonlySet<ParticipantId> = new Set();

  constructor(room: Room, onChange: () => void) {
    this.#room = room;
    this.#onChange = onChange;
    for (const change of changes) room.on(change, this.#changed);
  }

  readonly remotes = (): readonly RemoteMedia[] => {
    const people = [...this.#room.remoteParticipants.values()];
    for (const identity of this.#streams.keys())
      if (!this.#room.remoteParticipants.has(identity)) this.#streams.delete(identity);
    return people.map((person) => {
      const streams = streamsOf(person, this.#streams.get(person.identity) ?? noStreams);
      this.#streams.set(person.identity, streams);
      const quality = lineQuality(person.connectionQuality);
      return {
        participantId: person.identity as ParticipantId,
        connection: quality === "lost" ? "lost" : "connected",
        quality,
        ...streams,
      };
    });
  };

  readonly setMode = (mode: ConnectionMode): void => {
    this.#mode = mode;
    this.#changed();
  };

  readonly setTeachers = (teachers: ReadonlySet<ParticipantId>): void => {
    this.#teachers = teachers;
    this.#changed();
  };

  readonly setWanted = ({ participantId, source, widthPixels }: WantedPicture): void => {
    this.#wanted.set(`${source} ${participantId}`, widthPixels);
    const person = this.#room.remoteParticipants.get(participantId);
    if (person !== undefined) this.#ask(person, source);
  };

  readonly close = (): void => {
    for (const change of changes) this.#room.off(change, this.#changed);
  };

  readonly #changed = (): void => {
    for (const person of this.#room.remoteParticipants.values()) {
      for (const source of [Track.Source.Microphone, Track.Source.ScreenShareAudio])
        subscribe(person.getTrackPublication(source), true);
      this.#ask(person, "camera");
      this.#ask(person, "screen");
    }
    this.#onChange();
  };

  /** Tells the server how much of that picture is wanted; what was said already is not said again. */
  #ask(person: RemoteParticipant, source: "camera" | "screen"): void {
    const participantId = person.identity as ParticipantId;
    const share = receivedPictures(this.#mode, this.#teachers.has(participantId))[source];
    const publication = person.getTrackPublication(
      source === "camera" ? Track.Source.Camera : Track.Source.ScreenShare,
    );
    subscribe(publication, share !== "none");
    if (publication?.track === undefined || share === "none") return;
    const widthPixels = this.#wanted.get(`${source} ${participantId}`);
    publication.setEnabled(widthPixels !== 0);
    if (share === "small") publication.setVideoQuality(VideoQuality.LOW);
    else if (widthPixels !== undefined && widthPixels > 0)
      publication.setVideoDimensions({ width: widthPixels, height: (widthPixels * 9) / 16 });
    else publication.setVideoQuality(VideoQuality.HIGH);
  }
}

function subscribe(publication: RemoteTrackPublication | undefined, wanted: boolean): void {
  if (publication === undefined || publication.isDesired === wanted) return;
  publication.setSubscribed(wanted);
  // The server forgets how large a picture was wanted as soon as it is not wanted, LiveKit's client does not.
  if (wanted && publication.kind === Track.Kind.Video) publication.emitTrackUpdate();
}

function streamsOf(person: RemoteParticipant, before: Streams): Streams {
  const trackOf = (source: Track.Source, whileMuted = false): MediaStreamTrack[] => {
    const publication = person.getTrackPublication(source);
    // While LiveKit tells that a track has gone, the publication still has it: it is asked whether it counts.
    if (publication?.isSubscribed !== true || publication.track === undefined) return [];
    if (publication.isMuted && !whileMuted) return [];
    return [publication.track.mediaStreamTrack];
  };
  const screen = trackOf(Track.Source.ScreenShare);
  const sound = screen.length === 0 ? [] : trackOf(Track.Source.ScreenShareAudio, true);
  return {
    microphone: mendStream(before.microphone, trackOf(Track.Source.Microphone, true)),
    camera: mendStream(before.camera, trackOf(Track.Source.Camera)),
    screen: mendStream(before.screen, [...screen, ...sound]),
  };
}

function lineQuality(quality: ConnectionQuality): LineQuality {
  switch (quality) {
    // Nothing is known of those who have just come.
    case ConnectionQuality.Unknown:
    case ConnectionQuality.Excellent:
    case ConnectionQuality.Good:
      return "good";
    case ConnectionQuality.Poor:
      return "poor";
    case ConnectionQuality.Lost:
      return "lost";
  }
}
