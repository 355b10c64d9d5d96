import { accountRoutes } from "./accounts/routes.ts";
import { attendanceRoutes } from "./attendance/routes.ts";
import { termRegisterRoutes } from "./attendance/term/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { boardRoutes } from "./boards/routes.ts";
import { guestRoutes } from "./guests/routes.ts";
import { invitationRoutes } from "./invitations/routes.ts";
import { liveClassRoutes } from "./liveClasses/routes.ts";
import { mailRoutes } from "./mail/routes.ts";
import { jitsiKeyRoutes } from "./media/jitsi/jitsiKeyRoutes.ts";
import { jitsiWebhookRoutes } from "./media/jitsi/jitsiWebhookRoutes.ts";
import { ownServerRoutes } from "./media/own/routes.ts";
import { mediaRoutes } from "./media/routes.ts";
import { messageRoutes } from "./messages/routes.ts";
import { operationRoutes } from "./operations/routes.ts";
import { passwordRoutes } from "./passwords/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { rosterRoutes } from "./people/roster/routes.ts";
import { pictureRoutes } from "./pictures/routes.ts";
import { realtimeTicketRoutes } from "./realtimeTicket/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { rightsRoutes } from "./rights/routes.ts";
import { roomRoutes } from "./rooms/routes.ts";
import type { Route } from "./routing/route.ts";
import { safeguardingRoutes } from "./safeguarding/routes.ts";
import { schoolRoutes } from "./schools/routes.ts";
import { secondFactorRoutes } from "./secondFactor/routes.ts";
import { signInRoutes } from "./signIns/routes.ts";
import { termRoutes } from "./terms/routes.ts";

/** Every route of the API: what is not here does not exist. */
export const allRoutes: readonly Route[] = [
  ...accountRoutes,
  ...passwordRoutes,
  ...signInRoutes,
  ...secondFactorRoutes,
  ...schoolRoutes,
  ...pictureRoutes,
  ...mailRoutes,
  ...peopleRoutes,
  ...rosterRoutes,
  ...invitationRoutes,
  ...auditRoutes,
  ...guestRoutes,
  ...roomRoutes,
  ...messageRoutes,
  ...boardRoutes,
  ...liveClassRoutes,
  ...attendanceRoutes,
  ...termRegisterRoutes,
  ...termRoutes,
  ...rightsRoutes,
  ...safeguardingRoutes,
  ...realtimeTicketRoutes,
  ...mediaRoutes,
  ...ownServerRoutes,
  ...recordingRoutes,
  ...jitsiKeyRoutes,
  ...jitsiWebhookRoutes,
  ...operationRoutes,
];
