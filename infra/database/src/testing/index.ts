export { createTestDatabase, type TestDatabase } from "./createTestDatabase.ts";
export { startStallingProxy, type StallingProxy } from "./stallingProxy.ts";
export { startTestClass, type TestClass } from "./startTestClass.ts";
export { asSuperuser } from "./superuser.ts";
export { prepareTestPostgres, testPassword, type TestPostgres } from "./testPostgres.ts";
