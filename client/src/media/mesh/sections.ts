import type { Signal } from "@darasa/protocol";
import type { OutgoingTracks } from "../createLocalMedia.ts";

/** The media sections of a connection, in the order of SPEC V7. */
export const sectionNames = ["microphone", "camera", "screen", "screenSound"] as const;
export type SectionName = (typeof sectionNames)[number];

export type Sections = Readonly<Record<SectionName, RTCRtpTransceiver>>;

const kinds: Readonly<Record<SectionName, "audio" | "video">> = {
  microphone: "audio",
  camera: "video",
  screen: "video",
  screenSound: "audio",
};

/**
 * Adds all sections at once, empty. A track that starts or stops later is only put in its section, so that
 * nothing is ever renegotiated but the path.
 */
export function addSections(connection: RTCPeerConnection): Sections {
  return mapSections((name) => connection.addTransceiver(kinds[name], { direction: "sendrecv" }));
}

/**
 * The sections that the other side's offer brought, opened for sending as well.
 *
 * @throws RangeError when the offer has other sections than SPEC V7 says
 */
export function takeSections(connection: RTCPeerConnection): Sections {
  const offered = connection.getTransceivers();
  return mapSections((name, index) => {
    const section = offered[index];
    if (section?.receiver.track.kind !== kinds[name])
      throw new RangeError(`no section for ${name}`);
    section.direction = "sendrecv";
    return section;
  });
}

/** Puts what goes out now into its sections; resolves when it does. */
export async function fillSections(sections: Sections, outgoing: OutgoingTracks): Promise<void> {
  for (const name of sectionNames) {
    const { sender } = sections[name];
    if (sender.track !== outgoing[name]) await sender.replaceTrack(outgoing[name]);
  }
}

/**
 * Lets in the pictures that are wanted and no others, from the next description on. True when that changed
 * something.
 */
export function openSections(
  sections: Sections,
  receives: Readonly<Record<"camera" | "screen", boolean>>,
): boolean {
  let isChanged = false;
  for (const name of ["camera", "screen"] as const) {
    const direction = receives[name] ? "sendrecv" : "sendonly";
    if (sections[name].direction === direction) continue;
    sections[name].direction = direction;
    isChanged = true;
  }
  return isChanged;
}

/** What `streams` of a signal says of that: the sections, by `mid`, that carry a picture now. */
export function shownStreams(sections: Sections, outgoing: OutgoingTracks): Signal["streams"] {
  const shown: Record<string, "camera" | "screen"> = {};
  for (const name of ["camera", "screen"] as const) {
    const { mid } = sections[name];
    if (mid !== null && outgoing[name] !== null) shown[mid] = name;
  }
  return shown;
}

function mapSections(make: (name: SectionName, index: number) => RTCRtpTransceiver): Sections {
  const [microphone, camera, screen, screenSound] = sectionNames;
  return {
    [microphone]: make(microphone, 0),
    [camera]: make(camera, 1),
    [screen]: make(screen, 2),
    [screenSound]: make(screenSound, 3),
  };
}
