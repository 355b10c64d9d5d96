import { startSchool } from "../../infra/local/testing/startSchool.ts";
import { makeTestFolder } from "../../infra/local/testing/testFolder.ts";
import { startClass } from "../figures/openClass.ts";
import type { ProfileName } from "../profiles.ts";
import { runK6, type K6Outcome } from "./runK6.ts";

/** A whole Darasa as `npm start` runs it, and guests that come in by the code of its class. */
export async function runApiTokens(profile: ProfileName): Promise<K6Outcome> {
  const school = await startSchool({
    dataFolder: await makeTestFolder(),
    environment: { LIMITS_SCALE: "1000" },
  });
  try {
    const code = school.studentsUrl.slice(-6);
    const demoKey = school.teacherUrl.split("#")[1] ?? "";
    const { liveClassId, roomId } = await startClass(school.baseUrl, demoKey, code);
    return await runK6("apiTokens", profile, {
      rooms: [],
      environment: { API_URL: school.baseUrl, LIVE_CLASS: liveClassId, ROOM: roomId, CODE: code },
    });
  } finally {
    await school.stop({ erase: true });
  }
}
