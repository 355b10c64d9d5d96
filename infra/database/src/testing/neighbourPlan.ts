import type { SchoolPlan } from "../demo/schoolPlan.ts";

export type NeighbourPerson = "teacher" | "student";

/** A second school, for every test that nothing crosses between schools. */
export const neighbourPlan: SchoolPlan<NeighbourPerson, "history"> = {
  slug: "neighbour",
  name: "Neighbour School",
  people: {
    teacher: { name: "Asha Mrema", email: "teacher@neighbour.example", role: "teacher" },
    student: { name: "Peter Lyimo", email: "student@neighbour.example", role: "student" },
  },
  rooms: {
    history: { name: "History", kind: "class", teachers: ["teacher"], students: ["student"] },
  },
};
