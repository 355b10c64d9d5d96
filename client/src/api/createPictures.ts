/** Pictures by id, each brought once and kept as an address that an `<img>` can show. */
export interface Pictures {
  /** An address for the picture; undefined when it cannot be had, which is tried again the next time. */
  readonly addressOf: (id: string) => Promise<string | undefined>;
  /** Gives all of them back to the browser: the next person at this device need not see them. */
  readonly forget: () => void;
}

export interface PicturePorts {
  /** The picture's bytes, as the person who is signed in. */
  readonly load: (id: string) => Promise<Blob>;
  readonly makeAddress: (picture: Blob) => string;
  readonly revokeAddress: (address: string) => void;
}

/** So that a long day costs no memory; more faces than that are on no screen. */
const maxPictures = 200;

/** A store of pictures that asks for each of them once. A picture's id never names another picture. */
export function createPictures(ports: PicturePorts): Pictures {
  const addresses = new Map<string, Promise<string | undefined>>();

  const revoke = (id: string): void => {
    const address = addresses.get(id);
    addresses.delete(id);
    void address?.then((made) => {
      if (made !== undefined) ports.revokeAddress(made);
    });
  };
  const load = async (id: string): Promise<string | undefined> => {
    try {
      return ports.makeAddress(await ports.load(id));
    } catch {
      addresses.delete(id);
      return undefined;
    }
  };
  return {
    addressOf: (id) => {
      const known = addresses.get(id);
      if (known !== undefined) return known;
      const [oldest] = addresses.keys();
      if (addresses.size >= maxPictures && oldest !== undefined) revoke(oldest);
      const loading = load(id);
      addresses.set(id, loading);
      return loading;
    },
    forget: () => [...addresses.keys()].forEach(revoke),
  };
}
