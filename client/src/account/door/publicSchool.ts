import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";

/** A school as anybody may see it who knows its short name. */
export type PublicSchool = components["schemas"]["PublicSchool"];

/** How the school of that short name looks. @throws ApiProblem not_found when there is none */
export function loadPublicSchool(slug: string): Promise<PublicSchool> {
  return dataOf(api.GET("/api/schools/{slug}", { params: { path: { slug } } }));
}

/** Where the school's logo lies; undefined when it has none. */
export function logoAddress({ slug, logo }: PublicSchool): string | undefined {
  return logo === null ? undefined : `/api/schools/${slug}/logo?v=${logo}`;
}
