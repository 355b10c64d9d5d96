import type { ParticipantId } from "@darasa/protocol";
import { createMemo, createSignal, type Accessor } from "solid-js";
import type { Classroom } from "../classroom/ClassroomContext.tsx";
import { countNeeds, needsOf, peopleByNeed, withPulse, type Need } from "./needsMe.ts";

/** How a class stands for its teacher, and what they look at of it. */
export interface ClassPulse {
  readonly isOpen: Accessor<boolean>;
  readonly setOpen: (isOpen: boolean) => void;
  /** Null for everybody. */
  readonly filter: Accessor<Need | null>;
  readonly setFilter: (need: Need | null) => void;
  readonly counts: Accessor<Readonly<Record<Need, number>>>;
  /** Those whom the filter lets through, who needs the teacher most first. */
  readonly ids: Accessor<readonly ParticipantId[]>;
}

/** Silence is counted in minutes: nothing is sorted anew each second. */
const stepMs = 15_000;

/** Of the room that one teaches. Lives as long as its owner. */
export function createClassPulse(
  { room, nowMs }: Pick<Classroom, "room" | "nowMs">,
  language: Accessor<string>,
): ClassPulse {
  const [isOpen, setOpen] = createSignal(true);
  const [filter, setFilter] = createSignal<Need | null>(null);
  const steppedMs = createMemo(() => Math.floor(nowMs() / stepMs) * stepMs);
  const presence = createMemo(() => room.state().presence);
  const pulse = createMemo(() => room.state().pulse);
  const people = createMemo(() => withPulse(presence(), pulse()));
  return {
    isOpen,
    setOpen: (open) => {
      setOpen(open);
      if (!open) setFilter(null);
    },
    filter,
    setFilter: (need) => void setFilter(need),
    counts: createMemo(() => countNeeds(people(), steppedMs())),
    ids: createMemo(() => {
      const at = steppedMs();
      const need = filter();
      const shown = people().filter((one) => need === null || needsOf(one, at).includes(need));
      return peopleByNeed(shown, { nowMs: at, language: language() }).map(
        ({ person }) => person.participantId,
      );
    }),
  };
}
