import { api, type GuestSignedIn } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";

/** By what one stands before a class: its code, or a link of one's own. */
export type ClassDoor =
  | { readonly by: "code"; readonly code: string }
  | {
      readonly by: "link";
      readonly token: string;
      /** Whom the teacher made it for. */
      readonly name: string | null;
    };

interface Knock {
  readonly name: string;
  /** Only where the code's class asks for one. */
  readonly pin: string | undefined;
}

/** Comes in as a guest, or is told to wait. @throws ApiProblem */
export function knock(door: ClassDoor, { name, pin }: Knock): Promise<GuestSignedIn> {
  switch (door.by) {
    case "code": {
      const body = { name, ...(pin === undefined ? {} : { pin }) };
      const params = { path: { code: door.code } };
      return dataOf(api.POST("/api/join/{code}", { params, body }));
    }
    case "link":
      return dataOf(api.POST("/api/join-link", { body: { token: door.token, name } }));
  }
}
