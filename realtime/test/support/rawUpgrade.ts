import { randomBytes } from "node:crypto";
import { request } from "node:http";

/**
 * Asks for a WebSocket at exactly this path: clients tidy paths up before they send them. Resolves with the code of
 * the close that follows, or with the status of the refusal.
 */
export function closeCodeAt(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: "127.0.0.1",
      port,
      path,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
      },
    });
    asking.on("response", ({ statusCode = 0 }) => resolve(statusCode));
    asking.on("upgrade", (_response, socket, head: Buffer) => {
      let bytes = head;
      const look = (): void => {
        const code = closeCodeIn(bytes);
        if (code === null) return;
        socket.destroy();
        resolve(code);
      };
      socket.on("data", (more: Buffer) => {
        bytes = Buffer.concat([bytes, more]);
        look();
      });
      socket.on("close", () => resolve(1006));
      look();
    });
    asking.on("error", reject);
    asking.end();
  });
}

const closeOpcode = 0x88;

/** The code of a close frame (RFC 6455 §5.5.1) that comes first, as it does where nobody is let in. */
function closeCodeIn(bytes: Buffer): number | null {
  return bytes.length >= 4 && bytes[0] === closeOpcode ? bytes.readUInt16BE(2) : null;
}
