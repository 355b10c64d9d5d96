import { findFreePort } from "./freePort.ts";
import { startTestServer } from "./testServer.ts";

/** A storage that speaks S3, of a test's own: any name is a bucket of it, and it is empty when it starts. */
export interface S3TestServer {
  /** http://127.0.0.1:<port> */
  readonly endpoint: string;
  readonly accessKey: string;
  /** It refuses whatever is not signed with this (Signature Version 4). */
  readonly secretKey: string;
  close(): Promise<void>;
}

const accessKey = "darasa-test";
const secretKey = "a secret key of the storage";

/** Starts it from that path (`infra/local/testing/s3`). */
export async function startS3Server(path: string): Promise<S3TestServer> {
  const address = `127.0.0.1:${String(await findFreePort())}`;
  const endpoint = `http://${address}`;
  const server = await startTestServer({
    title: "The storage that speaks S3",
    command: path,
    args: [address, accessKey, secretKey],
    // It refuses us, since we do not sign.
    isReady: () =>
      fetch(endpoint).then(
        ({ status }) => status === 403,
        () => false,
      ),
  });
  return {
    endpoint,
    accessKey,
    secretKey,
    async close() {
      await server.end("SIGKILL");
    },
  };
}
