import { schoolPermissions } from "@darasa/protocol";
import { expect, it } from "vitest";
import { opensAdmin } from "../shell/opensAdmin.ts";
import { adminTabs } from "./adminTabs.ts";

it.each(schoolPermissions)(
  "the menu offers the administration to %s when a tab does",
  (permission) => {
    const hasTab = adminTabs.some((tab) => tab.permission === permission);
    expect(opensAdmin([permission])).toBe(hasTab);
  },
);
