import {
  type Endpoint,
  type Read,
  readBoolean,
  readCommand,
  readCount,
  readDurationMs,
  readEndpoint,
  readList,
  readProxyUrl,
  readText,
  readTexts,
} from "./values.js";

/** The places of a setting, and how its value is read. */
interface Setting<T> {
  /** Keys of a file, the first one that is there counts; upper and lower case do not matter, as in flytectl. */
  readonly keys: readonly string[];
  /** Environment variables, the first one that is set counts. Flytekit's names. */
  readonly variables: readonly string[];
  readonly read: (value: unknown) => Read<T>;
  /** Whether the value is a secret, which is never shown. */
  readonly isSecret?: boolean;
  /** Whether an empty text in a file is a value. Elsewhere it is as if nothing stood there. */
  readonly mayBeEmpty?: boolean;
}

function setting<T>(
  read: (value: unknown) => Read<T>,
  keys: readonly string[],
  variables: readonly string[] = [],
): Setting<T> {
  return { keys, variables, read };
}

/** The type of each setting's value. */
export interface SettingValues {
  readonly endpoint: Endpoint;
  readonly insecure: boolean;
  readonly insecureSkipVerify: boolean;
  readonly caCertFilePath: string;
  readonly authType: AuthType;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientSecretEnvVar: string;
  readonly clientSecretLocation: string;
  readonly scopes: readonly string[];
  readonly audience: string;
  readonly useAudienceFromAdmin: boolean;
  readonly httpProxyUrl: string;
  readonly command: readonly string[];
  readonly proxyCommand: readonly string[];
  readonly tokenUrl: string;
  readonly authorizationServerUrl: string;
  readonly authorizationHeader: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly perRetryTimeoutMs: number;
  readonly maxRetries: number;
  readonly maxMessageSizeBytes: number;
  readonly pkceTimeoutMs: number;
  readonly deviceFlowTimeoutMs: number;
  readonly project: string;
  readonly domain: string;
}

/** The name of a setting. */
export type SettingName = keyof SettingValues;

/** Every setting that is understood. Anything else in a file is left alone. */
export const settings: {
  readonly [Name in SettingName]: Setting<SettingValues[Name]>;
} = {
  endpoint: setting(readEndpoint, ["admin.endpoint"], ["FLYTE_PLATFORM_URL"]),
  insecure: setting(readBoolean, ["admin.insecure"], ["FLYTE_PLATFORM_INSECURE"]),
  insecureSkipVerify: setting(
    readBoolean,
    ["admin.insecureSkipVerify"],
    ["FLYTE_PLATFORM_INSECURE_SKIP_VERIFY"],
  ),
  caCertFilePath: setting(readText, ["admin.caCertFilePath"], ["FLYTE_PLATFORM_CA_CERT_FILE_PATH"]),
  authType: setting(readAuthType, ["admin.authType"], ["FLYTE_CREDENTIALS_AUTH_MODE"]),
  clientId: setting(readText, ["admin.clientId"], ["FLYTE_CREDENTIALS_CLIENT_ID"]),
  clientSecret: {
    keys: ["admin.clientSecret"],
    variables: ["FLYTE_CREDENTIALS_CLIENT_SECRET"],
    read: readText,
    isSecret: true,
  },
  clientSecretEnvVar: setting(
    readText,
    ["admin.clientSecretEnvVar"],
    ["FLYTE_CREDENTIALS_CLIENT_SECRET_ENV_VAR"],
  ),
  clientSecretLocation: setting(
    readText,
    ["admin.clientSecretLocation"],
    ["FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION"],
  ),
  scopes: setting(readList, ["admin.scopes"], ["FLYTE_CREDENTIALS_SCOPES"]),
  audience: {
    ...setting(readText, ["admin.audience"], ["FLYTE_CREDENTIALS_AUDIENCE"]),
    mayBeEmpty: true,
  },
  useAudienceFromAdmin: setting(readBoolean, ["admin.useAudienceFromAdmin"]),
  httpProxyUrl: setting(readProxyUrl, ["admin.httpProxyURL"]),
  command: {
    keys: ["admin.command"],
    variables: ["FLYTE_CREDENTIALS_COMMAND"],
    read: readCommand,
    isSecret: true,
  },
  proxyCommand: {
    keys: ["admin.proxyCommand"],
    variables: ["FLYTE_CREDENTIALS_PROXY_COMMAND"],
    read: readCommand,
    isSecret: true,
  },
  tokenUrl: setting(readText, ["admin.tokenUrl"]),
  authorizationServerUrl: setting(readText, ["admin.authorizationServerUrl"]),
  authorizationHeader: setting(readText, ["admin.authorizationHeader"]),
  headers: { keys: ["admin.headers"], variables: [], read: readTexts, isSecret: true },
  perRetryTimeoutMs: setting(readDurationMs, ["admin.perRetryTimeout"]),
  maxRetries: setting(readCount, ["admin.maxRetries"], ["FLYTE_PLATFORM_RPC_RETRIES"]),
  maxMessageSizeBytes: setting(readCount, ["admin.maxMessageSizeBytes"]),
  pkceTimeoutMs: setting(readDurationMs, ["admin.pkceConfig.timeout"]),
  deviceFlowTimeoutMs: setting(readDurationMs, ["admin.deviceFlowConfig.timeout"]),
  project: setting(
    readText,
    ["root.project", "project"],
    ["FLYTE_PROJECT", "FLYTE_INTERNAL_PROJECT"],
  ),
  domain: setting(readText, ["root.domain", "domain"], ["FLYTE_DOMAIN", "FLYTE_INTERNAL_DOMAIN"]),
};

/** The names of the settings whose values are never shown. */
export function secretSettings(): readonly SettingName[] {
  // The keys are names: that is what the type of `settings` says.
  const names = Object.keys(settings) as SettingName[];
  return names.filter((name) => settings[name].isSecret === true);
}

/** The ways to sign in, by the names of flytectl, of which flytekit takes others for the same. */
export type AuthType = "ClientSecret" | "Pkce" | "ExternalCommand" | "DeviceFlow";

const names: Readonly<Record<string, AuthType>> = {
  clientsecret: "ClientSecret",
  client_credentials: "ClientSecret",
  basic: "ClientSecret",
  pkce: "Pkce",
  standard: "Pkce",
  externalcommand: "ExternalCommand",
  external_process: "ExternalCommand",
  deviceflow: "DeviceFlow",
};

/** Reads an `authType` of flytectl or an `auth_mode` of flytekit, in any case. */
function readAuthType(value: unknown): Read<AuthType> {
  const name = typeof value === "string" ? value.trim().toLowerCase() : "";
  const type = Object.hasOwn(names, name) ? names[name] : undefined;
  if (type !== undefined) return { value: type };
  return { wanted: "write Pkce, ClientSecret, ExternalCommand or DeviceFlow" };
}
