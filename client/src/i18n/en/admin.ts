import admin from "./admin.json";
import audit from "./audit.json";
import invite from "./invite.json";
import people from "./people.json";
import school from "./school.json";
import schools from "./schools.json";
import rights from "./rights.json";

/** What the administration of a school says, in English. */
export const words = { ...admin, ...people, ...invite, ...audit, ...rights, ...school, ...schools };
