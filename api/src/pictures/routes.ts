import { z } from "@hono/zod-openapi";
import { schoolSlugSchema } from "../accounts/credentials.ts";
import { route } from "../routing/route.ts";
import { bytesSchema } from "../schema/bytes.ts";
import { idSchema } from "../schema/ids.ts";
import { getLogo } from "./getLogo.ts";
import { getPicture } from "./getPicture.ts";
import { maxPictureBytes, pictureMediaTypes } from "./picture.ts";
import { removeLogo, setLogo } from "./setLogo.ts";
import { removeOwnPicture, setOwnPicture } from "./setOwnPicture.ts";
import { showPicture } from "./showPicture.ts";

const upload = {
  rawBody: pictureMediaTypes,
  maxBodyBytes: maxPictureBytes,
  limit: "upload",
} as const;
const pictureIdSchema = z
  .object({ id: idSchema.openapi({ description: "Names it in GET /api/pictures/{id}." }) })
  .openapi("PictureId");

/** Small pictures of people and schools: PNG and WebP, never SVG, never with a place in them. */
export const pictureRoutes = [
  route({
    method: "put",
    path: "/api/me/picture",
    access: "user",
    summary:
      "The caller's picture: PNG or WebP of at most 256 KiB and 1024 × 1024, without metadata.",
    ...upload,
    reply: pictureIdSchema,
    handle: async (services, { caller, bytes }) => ({
      id: await setOwnPicture(services, caller, bytes),
    }),
  }),
  route({
    method: "delete",
    path: "/api/me/picture",
    access: "user",
    summary: "Take the caller's picture away.",
    handle: async (services, { caller }) => {
      await removeOwnPicture(services, caller);
    },
  }),
  route({
    method: "put",
    path: "/api/school/logo",
    access: "school.configure",
    summary: "The school's logo: PNG or WebP of at most 256 KiB and 1024 × 1024, without metadata.",
    ...upload,
    reply: pictureIdSchema,
    handle: async (services, { caller, bytes }) => ({ id: await setLogo(services, caller, bytes) }),
  }),
  route({
    method: "delete",
    path: "/api/school/logo",
    access: "school.configure",
    summary: "Take the school's logo away.",
    handle: async (services, { caller }) => {
      await removeLogo(services, caller);
    },
  }),
  route({
    method: "get",
    path: "/api/pictures/{id}",
    access: "signedIn",
    summary: "A picture of the caller's school.",
    params: z.object({ id: idSchema }),
    reply: bytesSchema,
    replyType: "image/*",
    handle: async (services, { caller, params: { id }, http }) =>
      showPicture(
        http,
        await getPicture(services, caller, id),
        "private, max-age=31536000, immutable",
      ),
  }),
  route({
    method: "get",
    path: "/api/schools/{slug}/logo",
    access: "anonymous",
    summary: "A school's logo.",
    params: z.object({ slug: schoolSlugSchema }),
    reply: bytesSchema,
    replyType: "image/*",
    handle: async (services, { params: { slug }, http }) =>
      showPicture(http, await getLogo(services, slug), "public, max-age=300"),
  }),
];
