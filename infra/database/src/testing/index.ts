export { createTestDatabase, type TestDatabase } from "./createTestDatabase.ts";
export { findFreePort } from "./freePort.ts";
export { startS3Server, type S3TestServer } from "./s3Server.ts";
export { startStandInEgress, type AskedFile, type StandInEgress } from "./standInEgress.ts";
export { startLiveKitServer, type LiveKitTestServer } from "./liveKitServer.ts";
export {
  startRedisCluster,
  startRedisServer,
  startSentinel,
  type RedisServer,
} from "./redisServer.ts";
export { signLiveKitWebhook } from "./signLiveKitWebhook.ts";
export { startStallingProxy, type StallingProxy } from "./stallingProxy.ts";
export { startTestClass, type TestClass } from "./startTestClass.ts";
export { asSuperuser } from "./superuser.ts";
export { findTestProgram, testProgramPath } from "./testProgram.ts";
export { prepareTestPostgres, testPassword, type TestPostgres } from "./testPostgres.ts";
export { answersWell, startTestServer, type TestServer } from "./testServer.ts";
