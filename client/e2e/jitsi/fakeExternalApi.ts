/**
 * A script that plays the side of Jitsi's IFrame API, as no Jitsi is there: what it is asked for is kept in
 * `window.jitsi`.
 */
export const fakeExternalApi = `
window.jitsi ??= { frames: [], commands: [] };
window.JitsiMeetExternalAPI = class {
  constructor(domain, { parentNode, ...options }) {
    this.listeners = new Map();
    this.muted = {
      audio: options.configOverwrite.startWithAudioMuted,
      video: options.configOverwrite.startWithVideoMuted,
    };
    this.page = document.createElement("iframe");
    this.page.title = "Jitsi";
    this.page.style.cssText = "inline-size: 100%; block-size: 100%; border: 0";
    this.page.srcdoc =
      "<body style='background:#1b2a41;color:#fff;font:20px sans-serif'>Jitsi's own page";
    parentNode.append(this.page);
    window.jitsi.frames.push({ domain, ...options, api: this });
    setTimeout(() => this.tell("videoConferenceJoined", { id: "self" }));
  }
  addListener(event, listener) {
    this.listeners.set(event, listener);
  }
  tell(event, detail) {
    this.listeners.get(event)?.(detail);
  }
  isAudioMuted() {
    return Promise.resolve(this.muted.audio);
  }
  isVideoMuted() {
    return Promise.resolve(this.muted.video);
  }
  executeCommand(command, ...values) {
    window.jitsi.commands.push([command, ...values].join(" "));
    const kind = { toggleAudio: "audio", toggleVideo: "video" }[command];
    if (kind === undefined) return;
    this.muted[kind] = !this.muted[kind];
    this.tell(kind + "MuteStatusChanged", { muted: this.muted[kind] });
  }
  dispose() {
    this.page.remove();
  }
};
`;
