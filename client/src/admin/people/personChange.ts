import type { Person } from "./person.ts";

type Fields = Pick<Person, "name" | "role"> & { readonly email: string };

/** What of a form differs from the person: nothing that is as it was is sent. */
export function personChange(person: Person, fields: Fields): Partial<Fields> {
  const [name, email] = [fields.name.trim(), fields.email.trim().toLowerCase()];
  return {
    ...(name === person.name ? {} : { name }),
    ...(email === person.email ? {} : { email }),
    ...(fields.role === person.role ? {} : { role: fields.role }),
  };
}
