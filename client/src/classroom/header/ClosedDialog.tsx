import { useLocation, useNavigate } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import type { ClosedReason } from "../../connection/connectionState.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { signInPath } from "../../shell/nextPath.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useClassroom } from "../ClassroomContext.tsx";

type Closing = "replaced" | "unauthenticated" | "other";

/** A line that does not come back by itself: why, and how the person brings it back. */
export function ClosedDialog(): JSX.Element {
  const { t } = useI18n();
  const { room, leave } = useClassroom();
  const navigate = useNavigate();
  const location = useLocation();
  const closing = (): Closing | null => {
    const state = room.connection.state();
    return state.name === "closed" ? closingOf(state.reason) : null;
  };

  function resume(): void {
    if (closing() === "unauthenticated") navigate(signInPath(location.pathname));
    else room.connection.start();
  }

  return (
    <Show when={closing()}>
      {(reason) => (
        <Dialog
          size="sm"
          title={t(`classroom.closed.${reason()}.title`)}
          description={t(`classroom.closed.${reason()}.text`)}
          onClose={() => leave()}
          footer={
            <>
              <Button onClick={() => leave()}>{t("classroom.leave")}</Button>
              <Button variant="primary" onClick={resume}>
                {t(`classroom.closed.${reason()}.action`)}
              </Button>
            </>
          }
        />
      )}
    </Show>
  );
}

/** Null for what is not told here: one's own leaving, and the end of one's access. */
function closingOf(reason: ClosedReason): Closing | null {
  if (reason === "left" || reason === "forbidden") return null;
  return reason === "replaced" || reason === "unauthenticated" ? reason : "other";
}
