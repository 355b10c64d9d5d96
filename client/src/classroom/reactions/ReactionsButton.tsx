import Heart from "lucide-solid/icons/heart";
import { onMount, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, type MenuGroup } from "../../ui/Menu.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { shortcutLabels } from "../keyboard/keyboardMap.ts";
import { reactionGroups, reactionSigns } from "./reactionSigns.ts";
import styles from "./Reactions.module.css";

/** The entries of a menu that says something without a word. */
export function createReactionGroups(): () => MenuGroup[] {
  const { t } = useI18n();
  const { reactions } = useClassroom();
  return () =>
    reactionGroups.map((group) => ({
      items: group.map((reaction) => ({
        label: t(`classroom.reaction.${reaction}`),
        icon: <span class={styles.sign}>{reactionSigns[reaction]}</span>,
        onSelect: () => reactions.react(reaction),
      })),
    }));
}

/** Says something without a word. */
export function ReactionsButton(props: { readonly caption: boolean }): JSX.Element {
  const { t } = useI18n();
  const { reactions } = useClassroom();
  const groups = createReactionGroups();
  let place: HTMLSpanElement | undefined;
  onMount(() => reactions.setOpener(() => place?.querySelector("button")?.click()));
  return (
    <span ref={(element) => (place = element)}>
      <Menu
        label={t("classroom.reactions")}
        groups={groups()}
        trigger={(trigger) => (
          <IconButton
            {...trigger}
            class={styles.button}
            size={props.caption ? "lg" : "md"}
            label={t("classroom.reactions")}
            caption={props.caption ? t("classroom.short.reactions") : undefined}
            shortcut={shortcutLabels.reactions}
            icon={<Heart />}
            tooltip="above"
          />
        )}
      />
    </span>
  );
}
