import { readFile } from "node:fs/promises";
import { join } from "node:path";

const jitsiFolder = join(import.meta.dirname, "../../../jitsi");

/** What a container of Jitsi's is told, by the names that its image knows. */
export type ProsodyEnvironment = Readonly<Record<string, string>>;

/** Where a Prosody of the tests lives, and with what. */
export interface ProsodyPlace {
  /** Its data and its settings. */
  readonly folder: string;
  readonly port: number;
  /** Folders of Jitsi's plugins. */
  readonly plugins: readonly string[];
}

/** What the parts of a Jitsi are called in its own network, unless its environment says otherwise. */
export const domains = { people: "meet.jitsi", rooms: "muc.meet.jitsi", staff: "auth.meet.jitsi" };

/** What `jitsi/compose.yaml` tells Prosody, with that `.env`. */
export async function loadProsodyEnvironment(dotEnv: ProsodyEnvironment) {
  const compose = await readFile(join(jitsiFolder, "compose.yaml"), "utf8");
  const part = /^ {2}prosody:\n([\s\S]*?)^ {4}volumes:/m.exec(compose)?.[1] ?? "";
  const told = [...part.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = "", value = ""]) => [
    name,
    value.replace(
      /\$\{([A-Z_]+)(?::-)?([^}]*)\}/,
      (_, variable: string, otherwise: string) => dotEnv[variable] ?? otherwise,
    ),
  ]);
  return Object.fromEntries(told) as ProsodyEnvironment;
}

/**
 * Settings for Prosody that do with tokens and rooms what the image makes of that environment, with our own file at
 * their end. What goes on between the parts of a Jitsi is not there: bridges, certificates, other servers.
 */
export async function prosodySettings(
  environment: ProsodyEnvironment,
  { folder, port, plugins }: ProsodyPlace,
): Promise<string> {
  const text = (name: string) => luaText(environment[name] ?? "");
  const flag = (name: string) => String(["1", "true"].includes(environment[name] ?? ""));
  const list = (name: string) => luaList((environment[name] ?? "").split(","));
  const line = (setting: string, name: string) =>
    environment[name] ? `${setting} = ${text(name)}` : "";
  return `
    run_as_root = true
    data_path = ${luaText(join(folder, "data"))}
    certificates = ${luaText(folder)}
    plugin_paths = ${luaList(plugins)}
    log = { { levels = { min = "info" }, to = "console" } }
    modules_enabled = { "saslauth", "disco" }
    modules_disabled = { "s2s", "offline", "register" }
    c2s_ports = { }
    http_interfaces = { "127.0.0.1" }
    http_ports = { ${String(port)} }
    https_ports = { }
    http_default_host = ${luaText(domains.people)}
    consider_websocket_secure = true
    admins = { ${luaText(`focus@${domains.staff}`)} }
    component_admins_as_room_owners = true
    muc_mapper_domain_base = ${luaText(domains.people)}
    muc_mapper_domain_prefix = "muc"
    asap_accepted_issuers = ${list("JWT_ACCEPTED_ISSUERS")}
    asap_accepted_audiences = ${list("JWT_ACCEPTED_AUDIENCES")}

    VirtualHost ${luaText(domains.people)}
      modules_enabled = { "websocket", "smacks" }
      authentication = "token"
      app_id = ${text("JWT_APP_ID")}
      signature_algorithm = ${text("JWT_SIGN_TYPE")}
      ${line("app_secret", "JWT_APP_SECRET")}
      ${line("asap_key_server", "JWT_ASAP_KEYSERVER")}
      allow_empty_token = ${flag("JWT_ALLOW_EMPTY")}
      enable_domain_verification = ${flag("JWT_ENABLE_DOMAIN_VERIFICATION")}

    VirtualHost ${luaText(domains.staff)}
      authentication = "internal_plain"

    Component ${luaText(domains.rooms)} "muc"
      modules_enabled = {
        "muc_hide_all", "muc_meeting_id", "token_verification", "muc_domain_mapper", "muc_password_whitelist",
        "muc_resource_validate", ${list("XMPP_MUC_MODULES").slice(1, -1)}
      }
      storage = "memory"
      restrict_room_creation = true
      muc_room_locking = false
      muc_room_default_public_jids = true
      wait_for_host_disable_auto_owners = ${flag("WAIT_FOR_HOST_DISABLE_AUTO_OWNERS")}

    ${await readFile(join(jitsiFolder, "prosody/darasa.cfg.lua"), "utf8")}`;
}

/** A text of JSON is one of Lua, of ASCII at least. */
const luaText = (text: string) => JSON.stringify(text);

const luaList = (texts: readonly string[]) => `{ ${texts.map(luaText).join(", ")} }`;
