import { describe, expect, it } from "vitest";
import { createPictures } from "./createPictures.ts";

function makeServer() {
  const asked: string[] = [];
  const revoked: string[] = [];
  let isAway = false;
  const pictures = createPictures({
    load: (id) => {
      asked.push(id);
      return isAway ? Promise.reject(new Error("away")) : Promise.resolve(new Blob([id]));
    },
    makeAddress: () => `blob:${asked.length}`,
    revokeAddress: (address) => void revoked.push(address),
  });
  return { pictures, asked, revoked, setAway: (away: boolean) => (isAway = away) };
}

describe("createPictures", () => {
  it("asks once for a face that stands in many places", async () => {
    const { pictures, asked } = makeServer();
    const addresses = await Promise.all(["amina", "amina", "neema"].map(pictures.addressOf));
    expect(asked).toEqual(["amina", "neema"]);
    expect(addresses[0]).toBe(addresses[1]);
  });

  it("does without a picture that cannot be had, and asks again later", async () => {
    const { pictures, setAway } = makeServer();
    setAway(true);
    expect(await pictures.addressOf("amina")).toBeUndefined();
    setAway(false);
    expect(await pictures.addressOf("amina")).toBe("blob:2");
  });

  it("leaves none behind for the next person", async () => {
    const { pictures, revoked, asked } = makeServer();
    const address = await pictures.addressOf("amina");
    pictures.forget();
    await pictures.addressOf("amina");
    expect(revoked).toEqual([address]);
    expect(asked).toHaveLength(2);
  });

  it("lets go of the oldest when there are too many", async () => {
    const { pictures, revoked } = makeServer();
    const first = await pictures.addressOf("0");
    for (let count = 1; count <= 200; count += 1) await pictures.addressOf(String(count));
    expect(revoked).toEqual([first]);
  });
});
