import { accountRoutes } from "./accounts/routes.ts";
import { attendanceRoutes } from "./attendance/routes.ts";
import { boardRoutes } from "./boards/routes.ts";
import { guestRoutes } from "./guests/routes.ts";
import { liveClassRoutes } from "./liveClasses/routes.ts";
import { messageRoutes } from "./messages/routes.ts";
import { operationRoutes } from "./operations/routes.ts";
import { realtimeTicketRoutes } from "./realtimeTicket/routes.ts";
import { roomRoutes } from "./rooms/routes.ts";
import type { Route } from "./routing/route.ts";

/** Every route of the API: what is not here does not exist. */
export const allRoutes: readonly Route[] = [
  ...accountRoutes,
  ...guestRoutes,
  ...roomRoutes,
  ...messageRoutes,
  ...boardRoutes,
  ...liveClassRoutes,
  ...attendanceRoutes,
  ...realtimeTicketRoutes,
  ...operationRoutes,
];
