import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";

/** What the school's own records tell of its first steps. */
export interface SchoolSteps {
  /** More people than a school of its first day has. */
  readonly isSettled: boolean;
  /** Somebody beside the administrator is there or on their way. */
  readonly hasInvited: boolean;
  readonly hasSetRules: boolean;
}

const firstDayPeople = 10;

/** Looks at people, invitations and what was changed of the school. @throws ApiProblem */
export async function loadSchoolSteps(): Promise<SchoolSteps> {
  const [{ people, more }, { invitations }, { events }] = await Promise.all([
    dataOf(api.GET("/api/people", { params: { query: { limit: firstDayPeople } } })),
    dataOf(api.GET("/api/invitations", { params: { query: { limit: 1 } } })),
    dataOf(
      api.GET("/api/audit", { params: { query: { action: "school.settingsChanged", limit: 1 } } }),
    ),
  ]);
  return {
    isSettled: more,
    hasInvited: people.length > 1 || invitations.length > 0,
    hasSetRules: events.length > 0,
  };
}
