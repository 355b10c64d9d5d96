import { browserSignInPorts } from "./browserSignInPorts.ts";
import { createApi, type Api } from "./createApi.ts";
import { createSignInKeeper, type SignInKeeper } from "./createSignInKeeper.ts";
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type User = Schemas["User"];
export type SignedIn = Schemas["SignedIn"];
export type Room = Schemas["Room"];
export type LiveClass = Schemas["LiveClass"];
export type Invitation = Schemas["Invitation"];
export type LinkInvitation = Schemas["LinkInvitation"];
export type GuestSignedIn = Schemas["GuestSignedIn"];
export type WaitingList = Schemas["WaitingList"];
export type GuestLink = Schemas["GuestLink"];
export type Joined = Schemas["Joined"];
export type Register = Schemas["Register"];
export type Attendee = Schemas["Attendee"];
export type RoomRegister = Schemas["RoomRegister"];
export type StudentLine = Schemas["StudentLine"];
export type StudentRegister = Schemas["StudentRegister"];
export type Recording = Schemas["Recording"];
export type RecordingLink = Schemas["RecordingLink"];
export type Term = Schemas["Term"];

/** This tab's sign-in. Pages read it through `useSignIn`. */
export const signInKeeper: SignInKeeper = createSignInKeeper(browserSignInPorts());

/** The HTTP API, as the person who is signed in. `await dataOf(api.GET(…))` gives the answer or throws. */
export const api: Api = createApi(signInKeeper, location.origin);
