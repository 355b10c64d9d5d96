/** What we use of Jitsi's IFrame API (`external_api.js`, Jitsi handbook "IFrame API"). */
export interface JitsiFrame {
  addListener(event: string, listener: (detail: JitsiEventDetail) => void): void;
  executeCommand(command: string, ...values: readonly unknown[]): void;
  isAudioMuted(): Promise<boolean>;
  isVideoMuted(): Promise<boolean>;
  dispose(): void;
}

/** The fields that we read of its events; each event has some of them. */
export interface JitsiEventDetail {
  readonly id?: string;
  readonly muted?: boolean;
  readonly on?: boolean;
  readonly userContext?: { readonly id?: string };
  readonly kicked?: { readonly id?: string; readonly local?: boolean };
  readonly error?: { readonly isFatal?: boolean; readonly type?: string };
}

/** How the frame is made. */
export interface JitsiFrameOptions {
  readonly roomName: string;
  readonly parentNode: HTMLElement;
  readonly jwt: string;
  /** A language that it does not have it passes over. */
  readonly lang: string;
  readonly width: string;
  readonly height: string;
  readonly configOverwrite: Readonly<Record<string, unknown>>;
}

/** The frame's maker, as that Jitsi serves it. */
export type JitsiFrameMaker = new (domain: string, options: JitsiFrameOptions) => JitsiFrame;

declare global {
  interface Window {
    JitsiMeetExternalAPI?: JitsiFrameMaker;
  }
}

/**
 * Loads the script of the class's own Jitsi and of no other place; the page's policy allows no other either. Rejects
 * when it is not there.
 */
export async function loadExternalApi(domain: string): Promise<JitsiFrameMaker> {
  delete window.JitsiMeetExternalAPI;
  const script = document.createElement("script");
  script.src = `https://${domain}/external_api.js`;
  await new Promise<void>((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`no Jitsi under ${domain}`));
    document.head.append(script);
  }).finally(() => script.remove());
  const made = window.JitsiMeetExternalAPI as JitsiFrameMaker | undefined;
  if (made === undefined) throw new Error(`no Jitsi under ${domain}`);
  return made;
}
