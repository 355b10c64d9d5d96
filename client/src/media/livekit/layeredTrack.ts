import { LocalVideoTrack, VideoQuality } from "livekit-client";

type Layers = Parameters<LocalVideoTrack["setPublishingLayers"]>;

/**
 * A picture that is sent in layers of several sizes: of those that somebody looks at all, or the smallest alone. The
 * server goes on telling who looks at what (dynacast); what it says is cut down here, and not forgotten.
 */
export class LayeredTrack extends LocalVideoTrack {
  #isSmallest = false;
  /** What the server last asked for; null where it has not asked yet, and all are sent. */
  #asked: Layers | null = null;

  constructor(track: MediaStreamTrack) {
    // The constraints of its device are our own: LiveKit opens none.
    super(track, undefined, true);
  }

  /** Rejects when the connection goes away meanwhile. */
  async sendSmallest(isSmallest: boolean): Promise<void> {
    this.#isSmallest = isSmallest;
    if (this.#asked === null) this.setPublishingQuality(VideoQuality.HIGH);
    else await this.setPublishingLayers(...this.#asked);
  }

  override async setPublishingLayers(...asked: Layers): Promise<void> {
    this.#asked = asked;
    const [isSvc, qualities] = asked;
    await super.setPublishingLayers(isSvc, this.#isSmallest ? smallestOf(qualities) : qualities);
  }
}

/** The smallest, as long as anybody looks at any of them. */
function smallestOf(qualities: Layers[1]): Layers[1] {
  const isSeen = qualities.some(({ enabled }) => enabled);
  return qualities.map((one) => {
    const layer = one.clone();
    layer.enabled = isSeen && one.quality.valueOf() === VideoQuality.LOW.valueOf();
    return layer;
  });
}
