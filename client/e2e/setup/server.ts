import type { TestProject } from "vitest/node";
import { startSchool } from "../../../infra/local/testing/startSchool.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly school: {
      readonly baseUrl: string;
      readonly teacherUrl: string;
      readonly studentsUrl: string;
      readonly password: string;
    };
  }
}

/** One school for the journeys that leave it running; those that break it start their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const school = await startSchool();
  project.provide("school", {
    baseUrl: school.baseUrl,
    teacherUrl: school.teacherUrl,
    studentsUrl: school.studentsUrl,
    password: school.password,
  });
  return async () => {
    await school.stop({ erase: true });
  };
}
