/**
 * A script that plays the side of Jitsi's IFrame API, as no Jitsi is there; its events come in the order of the real
 * page (measured at one of `stable-11146`). What it is asked for is kept in `window.jitsi`; with `isHeld` it comes in
 * only when `join` is called.
 */
export const fakeExternalApi = `
window.jitsi ??= { frames: [], commands: [], isHeld: false };
window.JitsiMeetExternalAPI = class {
  constructor(domain, { parentNode, ...options }) {
    this.listeners = new Map();
    this.muted = {
      audio: options.configOverwrite.startWithAudioMuted,
      video: options.configOverwrite.startWithVideoMuted,
    };
    this.isSharing = false;
    this.page = document.createElement("iframe");
    this.page.title = "Jitsi";
    this.page.style.cssText = "inline-size: 100%; block-size: 100%; border: 0";
    this.page.srcdoc =
      "<body style='background:#1b2a41;color:#fff;font:20px sans-serif'>Jitsi's own page";
    parentNode.append(this.page);
    window.jitsi.frames.push({ domain, ...options, api: this });
    setTimeout(() => this.begin());
  }
  // Before its settings hold, the page says what it is without them.
  begin() {
    this.tell("audioMuteStatusChanged", { muted: false });
    this.tell("videoMuteStatusChanged", { muted: true });
    if (this.muted.audio) this.tell("audioMuteStatusChanged", { muted: true });
    if (!this.muted.video) this.tell("videoMuteStatusChanged", { muted: false });
    if (!window.jitsi.isHeld) this.join();
  }
  join() {
    this.tell("videoConferenceJoined", { id: "5e1f0000" });
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
  share() {
    this.isSharing = !this.isSharing;
    this.tell("screenSharingStatusChanged", { on: this.isSharing, details: {} });
  }
  executeCommand(command, ...values) {
    window.jitsi.commands.push([command, ...values].join(" "));
    if (command === "toggleShareScreen") this.share();
    const kind = { toggleAudio: "audio", toggleVideo: "video" }[command];
    if (kind === undefined) return;
    this.muted[kind] = !this.muted[kind];
    this.tell(kind + "MuteStatusChanged", { muted: this.muted[kind] });
  }
  dispose() {
    this.listeners.clear();
    this.page.remove();
  }
};
`;
