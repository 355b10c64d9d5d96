import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { problemCode } from "../../api/ApiProblem.ts";
import { isSlug } from "../makeSlug.ts";
import { loadPublicSchool, type PublicSchool } from "./publicSchool.ts";

/** What is known of the school whose short name stands in a field. */
export interface SchoolSign {
  /** Undefined while nothing is known; the last one stays while another is looked up. */
  readonly school: Accessor<PublicSchool | undefined>;
  /** True when the server knows no school by that name. */
  readonly isUnknown: Accessor<boolean>;
}

const pauseMs = 350;

/** Looks up the school that `slug` names, at once for the first and after a pause in typing for the others. */
export function createSchoolSign(slug: Accessor<string>): SchoolSign {
  const [school, setSchool] = createSignal<PublicSchool>();
  const [isUnknown, setIsUnknown] = createSignal(false);
  let latest = 0;

  const show = (found: PublicSchool | undefined, unknown: boolean): void => {
    setSchool(found);
    setIsUnknown(unknown);
  };
  const lookUp = async (wanted: string, own: number): Promise<void> => {
    try {
      const found = await loadPublicSchool(wanted);
      if (own === latest) show(found, false);
    } catch (problem) {
      // A school that cannot be shown now can still be signed in to.
      if (own === latest) show(undefined, problemCode(problem) === "not_found");
    }
  };
  createEffect(
    on(
      () => slug().trim().toLowerCase(),
      (wanted, before) => {
        const own = ++latest;
        setIsUnknown(false);
        if (!isSlug(wanted)) {
          setSchool(undefined);
          return;
        }
        const timer = setTimeout(
          () => void lookUp(wanted, own),
          before === undefined ? 0 : pauseMs,
        );
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
  onCleanup(() => (latest += 1));
  return { school, isUnknown };
}
