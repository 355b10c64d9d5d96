import type { SchoolId } from "@darasa/protocol";

/** What is held is not tried again before. */
const restsForMs = 500;

/**
 * The schools of which other transactions may hold something that their boards need in the database: what is drawn
 * there is committed apart from the others' until it has been once, and a school of which something is held rests.
 */
export class HeldSchools {
  readonly #apart = new Set<SchoolId>();
  readonly #resting = new Set<SchoolId>();

  /** Whether its updates go in batches of their own. */
  goesApart(school: SchoolId): boolean {
    return this.#apart.has(school);
  }

  /** Whether there is nothing to be tried yet. */
  rests(school: SchoolId): boolean {
    return this.#resting.has(school);
  }

  /** A batch of these has waited for somebody in vain, alone or not. Calls back when a school that rests is to be tried. */
  waited(schools: ReadonlySet<SchoolId>, then: () => void): void {
    for (const school of schools) this.#apart.add(school);
    if (schools.size > 1) return;
    for (const school of schools) {
      this.#resting.add(school);
      const wake = () => {
        this.#resting.delete(school);
        then();
      };
      setTimeout(wake, restsForMs).unref();
    }
  }

  /** A batch of these was committed. */
  committed(schools: ReadonlySet<SchoolId>): void {
    for (const school of schools) this.#apart.delete(school);
  }

  /** All are tried now. */
  wake(): void {
    this.#resting.clear();
  }
}
