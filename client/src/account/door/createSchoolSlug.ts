import { createEffect, createSignal, untrack, type Signal } from "solid-js";
import { createConfig } from "../../config.ts";
import { loadSchool } from "./rememberedSchool.ts";

/**
 * The short name in a page's school field: at first the one in the address (`?school=`), else the one remembered
 * on this device, else the demo school's where there is one.
 */
export function createSchoolSlug(
  inAddress: string | readonly string[] | undefined,
): Signal<string> {
  const config = createConfig();
  const given = typeof inAddress === "string" ? inAddress : inAddress?.[0];
  const [slug, setSlug] = createSignal(given ?? loadSchool());
  createEffect(() => {
    if (config()?.demo === true && untrack(slug) === "") setSlug("demo");
  });
  return [slug, setSlug];
}
