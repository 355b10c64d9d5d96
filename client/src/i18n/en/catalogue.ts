import { words as ofAccount } from "./account.ts";
import { words as ofAdmin } from "./admin.ts";
import { words as atClass } from "./class.ts";
import { words as inClassroom } from "./classroom.ts";
import { words as toJoin } from "./join.ts";
import { words as ofMembers } from "./members.ts";
import { words as ofRegister } from "./register.ts";
import { words as ofSafeguarding } from "./safeguarding.ts";
import { words as toShare } from "./share.ts";
import { words as outside } from "./start.ts";
import { words as ofSteps } from "./steps.ts";

/** Every text in English; its keys are the keys that `t` accepts. */
export const catalogue = {
  ...outside,
  ...ofAccount,
  ...ofAdmin,
  ...atClass,
  ...inClassroom,
  ...toJoin,
  ...toShare,
  ...ofMembers,
  ...ofRegister,
  ...ofSafeguarding,
  ...ofSteps,
};
