import type { SchoolPlan } from "./schoolPlan.ts";

const students = ["baraka", "neema", "juma", "zawadi", "daudi", "rehema"] as const;

export type DemoPerson = "teacher" | "admin" | "safeguarding" | (typeof students)[number];
export type DemoRoom = "mathematics" | "biology" | "homework";

const student = (name: string) => ({
  name,
  email: `${name.split(" ")[0]?.toLowerCase() ?? name}@demo.darasa`,
  role: "student" as const,
});

/** The school that a first start shows. */
export const demoPlan: SchoolPlan<DemoPerson, DemoRoom> = {
  slug: "demo",
  name: "Demo School",
  people: {
    teacher: { name: "Amina Juma", email: "teacher@demo.darasa", role: "teacher" },
    admin: { name: "Grace Mollel", email: "admin@demo.darasa", role: "school_admin" },
    safeguarding: { name: "Pendo Mbwambo", email: "pendo@demo.darasa", role: "safeguarding" },
    baraka: student("Baraka Mushi"),
    neema: student("Neema Kimaro"),
    juma: student("Juma Said"),
    zawadi: student("Zawadi Shayo"),
    daudi: student("Daudi Komba"),
    rehema: student("Rehema Ally"),
  },
  rooms: {
    mathematics: { name: "Mathematics, Form 2", kind: "class", teachers: ["teacher"], students },
    biology: { name: "Biology, Form 2", kind: "class", teachers: ["teacher"], students },
    homework: { name: "Homework circle", kind: "group", teachers: [], students },
  },
};

/** The class that waits for its teacher. */
export const demoClassTitle = "Linear equations";
