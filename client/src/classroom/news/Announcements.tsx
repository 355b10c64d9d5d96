import type { JSX } from "solid-js";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { useClassroom } from "../ClassroomContext.tsx";

/** Where screen readers hear what happens. It stands there from the start, or they would overlook it. */
export function Announcements(): JSX.Element {
  const { announcer } = useClassroom();
  return (
    <VisuallyHidden>
      <span aria-live="polite">{announcer.polite()}</span>
      <span aria-live="assertive">{announcer.assertive()}</span>
    </VisuallyHidden>
  );
}
