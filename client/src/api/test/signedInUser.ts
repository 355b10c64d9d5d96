import type { components } from "../schema.d.ts";

/** A teacher as the API shows her to herself. */
export const amina: components["schemas"]["User"] = {
  id: "amina",
  name: "Amina Juma",
  email: null,
  role: "teacher",
  language: "sw",
  picture: null,
  preferences: {},
  secondFactor: false,
  emailVerified: true,
  permissions: ["rooms.create", "people.find"],
  school: { id: "s", name: "Demo school", slug: "demo", colour: "#0f766e", logo: null },
  guestOf: null,
};
