import { createPgDriverFactory } from "@slonik/pg-driver";
import { BackendTerminatedError, type DriverClient, type DriverFactory } from "slonik";

/**
 * Slonik's driver of pg, which takes a server that does not answer a statement within `answerTimeoutMs`
 * for gone: the statement fails at once and its connection leaves the pool. A frozen server, or a path that
 * drops everything, would otherwise hold both for as long as TCP is patient, which is many minutes.
 */
export function impatientDriver(answerTimeoutMs: number): DriverFactory {
  const createDriver = createPgDriverFactory();
  return async (options) => {
    const driver = await createDriver(options);
    return {
      createClient: async () => makeImpatient(await driver.createClient(), answerTimeoutMs),
    };
  };
}

function makeImpatient(client: DriverClient, answerTimeoutMs: number): DriverClient {
  return {
    ...client,
    async query(...statement) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          reject(new BackendTerminatedError(new Error("connection terminated: no answer")));
        }, answerTimeoutMs);
      });
      try {
        return await Promise.race([client.query(...statement), silence]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
