import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";
import { ApiProblem } from "./ApiProblem.ts";
import { api, signInKeeper } from "./api.ts";
import { createPictures } from "./createPictures.ts";

const pictures = createPictures({
  load: loadPicture,
  makeAddress: (picture) => URL.createObjectURL(picture),
  revokeAddress: (address) => URL.revokeObjectURL(address),
});
let person: string | undefined;
signInKeeper.onChange((held) => {
  if (held?.user.id === person) return;
  person = held?.user.id;
  pictures.forget();
});

/** An address for the picture of that id, as soon as it is there; undefined without one. */
export function usePicture(id: Accessor<string | null | undefined>): Accessor<string | undefined> {
  const [address, setAddress] = createSignal<string>();
  createEffect(() => {
    const wanted = id();
    let isWanted = true;
    onCleanup(() => (isWanted = false));
    setAddress(undefined);
    if (wanted === null || wanted === undefined) return;
    void pictures.addressOf(wanted).then((found) => {
      if (isWanted) setAddress(found);
    });
  });
  return address;
}

async function loadPicture(id: string): Promise<Blob> {
  const { data } = await api.GET("/api/pictures/{id}", {
    params: { path: { id } },
    parseAs: "blob",
  });
  if (data === undefined) throw new ApiProblem("not_found");
  return data;
}
