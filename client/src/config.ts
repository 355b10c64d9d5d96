import { createSignal, type Accessor } from "solid-js";

/** What the server tells every client, signed in or not. */
export interface ClientConfig {
  /** For the board; without a key it carries its maker's watermark. */
  readonly tldrawLicenseKey: string | null;
  /** A demo school stands open here. */
  readonly demo: boolean;
  /** Mail is really sent, rather than kept for an administrator to look at. */
  readonly mail: boolean;
  /** Anybody may open a school of their own. */
  readonly schoolSignUp: boolean;
}

const fallback: ClientConfig = {
  tldrawLicenseKey: null,
  demo: false,
  mail: true,
  schoolSignUp: false,
};
let loading: Promise<ClientConfig> | undefined;

/** The server's `/config.json`, fetched once per page. Never rejects: without it the defaults hold. */
export function loadConfig(): Promise<ClientConfig> {
  loading ??= fetchConfig();
  return loading;
}

/** The same for a page: undefined until it is there. */
export function createConfig(): Accessor<ClientConfig | undefined> {
  const [config, setConfig] = createSignal<ClientConfig>();
  void loadConfig().then(setConfig);
  return config;
}

async function fetchConfig(): Promise<ClientConfig> {
  try {
    const response = await fetch("/config.json");
    if (!response.ok) return fallback;
    return decodeConfig(await response.json());
  } catch {
    loading = undefined;
    return fallback;
  }
}

/** Reads what the server says; what is missing or of another kind takes its default. */
export function decodeConfig(value: unknown): ClientConfig {
  if (typeof value !== "object" || value === null) return fallback;
  const { tldrawLicenseKey, demo, mail, schoolSignUp } = value as Record<string, unknown>;
  return {
    tldrawLicenseKey: typeof tldrawLicenseKey === "string" ? tldrawLicenseKey : null,
    demo: demo === true,
    mail: mail !== false,
    schoolSignUp: schoolSignUp === true,
  };
}
