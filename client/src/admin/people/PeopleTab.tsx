import FileSpreadsheet from "lucide-solid/icons/file-spreadsheet";
import Search from "lucide-solid/icons/search";
import UserPlus from "lucide-solid/icons/user-plus";
import { schoolRoles } from "@darasa/protocol";
import { createEffect, createSignal, onCleanup, Show, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { createPagedList, type ListPage } from "../createPagedList.ts";
import { ImportDialog } from "../import/ImportDialog.tsx";
import { InviteDialog } from "../invitations/InviteDialog.tsx";
import { ListFrame } from "../ListFrame.tsx";
import { PeopleTable } from "./PeopleTable.tsx";
import type { Person, SchoolRole } from "./person.ts";
import { PersonDialog } from "./PersonDialog.tsx";
import forms from "../Form.module.css";

const typingPauseMs = 250;

interface PeopleQuery {
  readonly query: string;
  readonly role: SchoolRole | "";
  readonly status: Person["status"] | "";
}

const everybody: PeopleQuery = { query: "", role: "", status: "active" };

/** Everybody with an account: searched as one types, and what can be done about each. */
export function PeopleTab(): JSX.Element {
  const { t } = useI18n();
  const [query, setQuery] = createSignal(everybody);
  const [chosen, setChosen] = createSignal<string>();
  const [open, setOpen] = createSignal<"invite" | "import">();
  const list = createPagedList({ query, load: loadPeople });
  const person = (): Person | undefined => list.items()?.find(({ id }) => id === chosen());
  const isFiltered = (): boolean => {
    const { query: text, role, status } = query();
    return text !== "" || role !== "" || status === "deactivated";
  };
  return (
    <>
      <div class={forms.bar}>
        <PeopleFilters value={query()} onChange={setQuery} />
        <div class={forms.acts}>
          <Button icon={<FileSpreadsheet />} onClick={() => setOpen("import")}>
            {t("people.import")}
          </Button>
          <Button variant="primary" icon={<UserPlus />} onClick={() => setOpen("invite")}>
            {t("people.invite")}
          </Button>
        </div>
      </div>
      <ListFrame
        list={list}
        empty={
          <EmptyState
            title={t(isFiltered() ? "people.noneTitle" : "people.emptyTitle")}
            text={t(isFiltered() ? "people.noneText" : "people.emptyText")}
            action={
              <Show when={isFiltered()}>
                <Button onClick={() => setQuery({ ...everybody, status: "" })}>
                  {t("people.showAll")}
                </Button>
              </Show>
            }
          />
        }
      >
        {(people) => <PeopleTable people={people()} onChoose={setChosen} />}
      </ListFrame>
      <Show when={person()} keyed={false}>
        {(shown) => (
          <PersonDialog
            person={shown()}
            onClose={() => setChosen(undefined)}
            onChanged={(changed) =>
              list.change((people) =>
                people.map((each) => (each.id === changed.id ? changed : each)),
              )
            }
            onGone={() => {
              setChosen(undefined);
              void list.reload();
            }}
          />
        )}
      </Show>
      <Show when={open() === "invite"}>
        <InviteDialog onClose={() => setOpen(undefined)} />
      </Show>
      <Show when={open() === "import"}>
        <ImportDialog onClose={() => setOpen(undefined)} />
      </Show>
    </>
  );
}

function PeopleFilters(props: {
  readonly value: PeopleQuery;
  readonly onChange: (change: (before: PeopleQuery) => PeopleQuery) => void;
}): JSX.Element {
  const { t } = useI18n();
  const [text, setText] = createSignal("");
  // Taken back from outside, it is taken back here; a space that is being typed is not.
  createEffect(() => {
    if (props.value.query === "") setText("");
  });
  let typing: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(typing));
  return (
    <>
      <div class={forms.search}>
        <TextField
          type="search"
          label={t("people.search")}
          autocomplete="off"
          maxLength={100}
          action={<Search aria-hidden="true" />}
          value={text()}
          onInput={(typed) => {
            setText(typed);
            clearTimeout(typing);
            typing = setTimeout(
              () => props.onChange((before) => ({ ...before, query: typed.trim() })),
              typingPauseMs,
            );
          }}
        />
      </div>
      <div class={forms.filter}>
        <Select
          label={t("people.role")}
          options={[
            { value: "", label: t("people.anyRole") },
            ...schoolRoles.map((role) => ({ value: role, label: t(roleKeys[role]) })),
          ]}
          value={props.value.role}
          onChange={(role) =>
            props.onChange((before) => ({ ...before, role: role as PeopleQuery["role"] }))
          }
        />
      </div>
      <div class={forms.filter}>
        <Select
          label={t("people.status")}
          options={[
            { value: "active", label: t("people.active") },
            { value: "deactivated", label: t("people.deactivated") },
            { value: "", label: t("people.anyStatus") },
          ]}
          value={props.value.status}
          onChange={(status) =>
            props.onChange((before) => ({ ...before, status: status as PeopleQuery["status"] }))
          }
        />
      </div>
    </>
  );
}

async function loadPeople(
  { query, role, status }: PeopleQuery,
  last: Person | undefined,
): Promise<ListPage<Person>> {
  const { people, more } = await dataOf(
    api.GET("/api/people", {
      params: {
        query: {
          ...(query === "" ? {} : { query }),
          ...(role === "" ? {} : { role }),
          ...(status === "" ? {} : { status }),
          ...(last === undefined ? {} : { after: last.id }),
        },
      },
    }),
  );
  return { items: people, more };
}
