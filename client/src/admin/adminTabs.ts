import type { SchoolPermission } from "@darasa/protocol";
import { lazy, type Component } from "solid-js";
import type { TextKey } from "../i18n/catalogue.ts";

/** One part of the school's administration, and who may see it. */
export interface AdminTab {
  /** Its place in the address: `/admin/<name>`. */
  readonly name: string;
  readonly label: TextKey;
  readonly permission: SchoolPermission;
  readonly component: Component;
}

/** All parts in the order of their tabs; each is fetched when it is first looked at. */
export const adminTabs: readonly AdminTab[] = [
  {
    name: "people",
    label: "admin.tabPeople",
    permission: "people.manage",
    component: lazy(async () => ({
      default: (await import("./people/PeopleTab.tsx")).PeopleTab,
    })),
  },
  {
    name: "invitations",
    label: "admin.tabInvitations",
    permission: "people.manage",
    component: lazy(async () => ({
      default: (await import("./invitations/InvitationsTab.tsx")).InvitationsTab,
    })),
  },
  {
    name: "school",
    label: "admin.tabSchool",
    permission: "school.configure",
    component: lazy(async () => ({
      default: (await import("./school/SchoolTab.tsx")).SchoolTab,
    })),
  },
  {
    name: "mail",
    label: "admin.tabMail",
    permission: "mail.read",
    component: lazy(async () => ({ default: (await import("./mail/MailTab.tsx")).MailTab })),
  },
  {
    name: "audit",
    label: "admin.tabAudit",
    permission: "audit.read",
    component: lazy(async () => ({
      default: (await import("./audit/AuditTab.tsx")).AuditTab,
    })),
  },
  {
    name: "schools",
    label: "admin.tabSchools",
    permission: "schools.manage",
    component: lazy(async () => ({
      default: (await import("./schools/SchoolsTab.tsx")).SchoolsTab,
    })),
  },
];
