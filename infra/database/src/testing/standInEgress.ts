import { once } from "node:events";
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect, type AddressInfo } from "node:net";

/** What a LiveKit with an Egress answers. */
export interface StandInEgress {
  readonly url: string;
  /** What was asked of it, oldest first: `Start <path>` and `Stop <id>`. */
  readonly asked: string[];
  /** Where it was told to write, oldest first. */
  readonly files: AskedFile[];
  /** What ListEgress tells; null: what a LiveKit without Redis does. */
  known: Record<string, unknown>[] | null;
  /** Whether starting is refused, as where no Egress listens. */
  isDeaf: boolean;
  close(): void;
}

/** A file as Egress is asked for it (`livekit_egress.proto#EncodedFileOutput`, as far as we use it). */
export interface AskedFile {
  readonly filepath: string;
  /** Of which room. */
  readonly roomName: string;
  /** Of one that goes to a storage that speaks S3. */
  readonly s3?: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly accessKey: string;
    readonly secret: string;
  };
}

type AskedOutput = Omit<AskedFile, "roomName">;

interface Asked {
  readonly egressId?: string;
  readonly roomName?: string;
  readonly fileOutputs?: readonly AskedOutput[];
  readonly file?: AskedOutput;
}

/**
 * Takes the three calls of `livekit_egress.proto#Egress` (Twirp: a POST of JSON) in the place of a LiveKit: an Egress is
 * a container with a browser and GStreamer in it, which a test cannot bring along. What it would tell by webhooks the
 * tests send themselves, signed with the server's key. Whatever else is asked goes to the LiveKit at `liveKitUrl`.
 */
export async function startStandInEgress(liveKitUrl?: string): Promise<StandInEgress> {
  const liveKit = liveKitUrl === undefined ? null : new URL(liveKitUrl);
  const server = createServer((request, response) => {
    if (liveKit && request.url?.startsWith("/twirp/livekit.Egress/") !== true) {
      passOn(liveKit, request, response);
      return;
    }
    void readJson(request).then((body) => {
      const { status, answer } = reply(standIn, request.url ?? "", body);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  if (liveKit) passUpgradesOn(liveKit, server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const standIn: StandInEgress = {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked: [],
    files: [],
    known: [],
    isDeaf: false,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return standIn;
}

function passOn({ hostname, port }: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request;
  const onward = ask({ hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}

function passUpgradesOn({ hostname, port }: URL, server: Server): void {
  server.on("upgrade", (request, socket, head) => {
    const { method = "", url = "", rawHeaders } = request;
    const lines = rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    const onward = connect(Number(port), hostname);
    onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    onward.write(head);
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });
}

type Reply = { readonly status: number; readonly answer: unknown };

const given = (answer: unknown): Reply => ({ status: 200, answer });
const refused = (status: number, code: string, msg: string): Reply => ({
  status,
  answer: { code, msg },
});

const verbs: Record<string, (standIn: StandInEgress, body: Asked) => Reply> = {
  ListEgress: ({ known }) =>
    known
      ? given({ items: known })
      : refused(500, "internal", "egress not connected (redis required)"),
  StartRoomCompositeEgress({ asked, files, isDeaf }, { file, fileOutputs, roomName = "" }) {
    if (isDeaf) return refused(503, "unavailable", "no response from servers");
    const wanted = fileOutputs?.[0] ?? file ?? { filepath: "" };
    files.push({ ...wanted, roomName });
    asked.push(`Start ${wanted.filepath}`);
    return given({ egressId: `EG_${String(asked.length)}`, roomName });
  },
  StopEgress({ asked }, { egressId = "" }) {
    asked.push(`Stop ${egressId}`);
    return given({ egressId, status: "EGRESS_ENDING" });
  },
};

function reply(standIn: StandInEgress, url: string, body: Asked): Reply {
  return verbs[url.split("/").at(-1) ?? ""]?.(standIn, body) ?? given({});
}

async function readJson(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}") as Asked;
}
