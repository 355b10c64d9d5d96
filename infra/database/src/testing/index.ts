export { createTestDatabase, type TestDatabase } from "./createTestDatabase.ts";
export { startTestClass, type TestClass } from "./startTestClass.ts";
export { prepareTestPostgres, testPassword, type TestPostgres } from "./testPostgres.ts";
