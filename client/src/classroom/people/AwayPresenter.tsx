import { createMemo, Show, type JSX } from "solid-js";
import Presentation from "lucide-solid/icons/presentation";
import { useI18n } from "../../i18n/I18n.tsx";
import { ownRights } from "../../room/reduceRoom.ts";
import { Button } from "../../ui/Button.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import styles from "./PeoplePanel.module.css";

/** Says so when who presents has left: they go on when they come back, unless a teacher ends it (SPEC V8). */
export function AwayPresenter(): JSX.Element {
  const { t } = useI18n();
  const { room, attempt } = useClassroom();
  const isAway = createMemo(() => {
    const { stage, presence } = room.state();
    const presenter = stage?.presenter ?? null;
    return presenter !== null && !presence.has(presenter);
  });
  return (
    <div role="status">
      <Show when={isAway()}>
        <div class={styles.away}>
          <p>{t("classroom.presenterAway")}</p>
          <Show when={ownRights(room.state()).moderate}>
            <Button
              size="sm"
              variant="quiet"
              icon={<Presentation />}
              onClick={() => void attempt(room.commands.setStage({ presenter: null }))}
            >
              {t("classroom.person.endPresenting")}
            </Button>
          </Show>
        </div>
      </Show>
    </div>
  );
}
