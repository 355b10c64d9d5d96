import Plus from "lucide-solid/icons/plus";
import Pencil from "lucide-solid/icons/pencil";
import Trash from "lucide-solid/icons/trash";
import { createSignal, For, onMount, Show, type JSX } from "solid-js";
import { Section } from "../../account/settings/Section.tsx";
import { api, type Term } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { TermDialog } from "./TermDialog.tsx";
import styles from "./Terms.module.css";

/** When the school's terms are: registers are read by them. Saved one by one, not with the form. */
export function TermsSection(): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [terms, setTerms] = createSignal<readonly Term[]>();
  const [problem, setProblem] = createSignal<unknown>();
  const [editing, setEditing] = createSignal<Term | "new">();
  const [removing, setRemoving] = createSignal<Term>();
  const load = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setTerms((await dataOf(api.GET("/api/terms"))).terms);
    } catch (error) {
      setProblem(error);
    }
  };
  onMount(() => void load());
  const remove = async (id: string): Promise<void> => {
    await dataOf(api.DELETE("/api/terms/{id}", { params: { path: { id } } }));
    setRemoving(undefined);
    await load();
  };
  return (
    <Section title={t("school.terms")} text={t("school.termsText")}>
      <Show when={problem() !== undefined}>
        <Banner
          tone="danger"
          actions={
            <Button size="sm" onClick={() => void load()}>
              {t("common.retry")}
            </Button>
          }
        >
          {problemText(problem())}
        </Banner>
      </Show>
      <Show
        when={terms()}
        fallback={
          <Show when={problem() === undefined}>
            <Spinner label={t("common.loading")} />
          </Show>
        }
      >
        {(all) => (
          <Show when={all().length > 0} fallback={<p>{t("school.termsNone")}</p>}>
            <ul class={styles.terms}>
              <For each={all()}>
                {(term) => (
                  <Line
                    term={term}
                    onEdit={() => setEditing(term)}
                    onRemove={() => setRemoving(term)}
                  />
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
      <div>
        <Button icon={<Plus />} onClick={() => setEditing("new")}>
          {t("school.termAdd")}
        </Button>
      </div>
      <Show when={editing()}>
        {(term) => (
          <TermDialog
            term={term()}
            onClose={() => setEditing(undefined)}
            onSaved={() => {
              setEditing(undefined);
              void load();
            }}
          />
        )}
      </Show>
      <Show when={removing()}>
        {(term) => (
          <ConfirmDialog
            danger
            title={t("school.termRemoveTitle", { name: term().name })}
            text={t("school.termRemoveText")}
            confirm={t("school.termRemove")}
            onConfirm={() => remove(term().id)}
            onClose={() => setRemoving(undefined)}
          />
        )}
      </Show>
    </Section>
  );
}

function Line(props: {
  readonly term: Term;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const { t, formatDate } = useI18n();
  const day = (iso: string): string => {
    const [year = ""] = iso.split("-");
    return `${formatDate(new Date(`${iso}T12:00:00`).getTime())} ${year}`;
  };
  return (
    <li class={styles.term}>
      <span class={styles.words}>
        <span class={styles.name}>{props.term.name}</span>
        <span class={styles.days}>
          {day(props.term.startsOn)} – {day(props.term.endsOn)}
        </span>
      </span>
      <IconButton
        label={t("school.termChange", { name: props.term.name })}
        icon={<Pencil />}
        onClick={() => props.onEdit()}
      />
      <IconButton
        label={t("school.termRemoveNamed", { name: props.term.name })}
        icon={<Trash />}
        onClick={() => props.onRemove()}
      />
    </li>
  );
}
