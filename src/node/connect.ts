import type { Transport } from "@connectrpc/connect";

import {
  type Auth,
  type AuthListener,
  createAuth,
  type SignInFlow,
  type TokenStorage,
} from "../auth/index.js";
import type { ConnectionOptions } from "../calls/index.js";
import { AdminClient } from "../client/index.js";
import { onAbort } from "../internal/cancellation/index.js";
import {
  checkSignal,
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
} from "../internal/validation/index.js";
import { createGrpcTransport, type TlsOptions } from "../transports/grpc/index.js";
import { parseBaseUrl } from "../transports/index.js";
import { createRestTransport } from "../transports/rest/index.js";
import { commandToken } from "./auth/index.js";
import {
  configOverrideNames,
  configPlaceNames,
  expandHome,
  type ExplainedSetting,
  type FlyteConfig,
  type FlyteConfigInput,
  type FlyteConfigOptions,
  readFlyteConfig,
  tlsOptionsOf,
} from "./config/index.js";
import { flowOf, type PersonOptions, personOptionNames } from "./sign-in-flow.js";
import { loggerFromEnvironment } from "./log-level.js";
import { createNodeFetch } from "./node-fetch.js";

/** Options of {@link connect}, which replace settings of the configuration. */
export interface ConnectOptions
  extends
    FlyteConfigInput,
    FlyteConfigOptions,
    PersonOptions,
    Omit<ConnectionOptions, "auth" | "defaults"> {
  /**
   * The wire that carries the calls.
   * @defaultValue `"grpc"`
   */
  readonly wire?: "grpc" | "rest" | undefined;
  /**
   * TLS options beside those of the configuration, such as `cert` and `key` for a certificate of
   * the client's. They are for the server alone: at the issuer and the storage only `ca` holds, beside the public
   * authorities.
   * @defaultValue none
   */
  readonly tls?: TlsOptions | undefined;
  /**
   * The HTTP proxy to go through, such as `http://proxy.example.com:3128`.
   * @defaultValue none
   */
  readonly proxyUrl?: string | undefined;
  /**
   * The way to sign in, in place of what the configuration says: `staticToken("…")`, `tokenFrom(…)`, or
   * `"none"` to send no token at all.
   */
  readonly flow?: SignInFlow | "none" | undefined;
  /**
   * Keeps the session between runs, such as `await keychainTokenStorage()` or `fileTokenStorage()`.
   * @defaultValue none: each run signs in again
   */
  readonly storage?: TokenStorage | undefined;
  /** Receives sign-in events: someone signed in, a session ended. */
  readonly onEvent?: AuthListener | undefined;
  /**
   * Whether a person is asked to sign in by `connect` itself, while there is no deadline, and not by the first call.
   * @defaultValue `true`
   */
  readonly signInNow?: boolean | undefined;
  /**
   * Ends a sign-in that `connect` waits for.
   * @defaultValue none
   */
  readonly signal?: AbortSignal | undefined;
}

const connectOptionNames: OptionNames<ConnectOptions> = {
  timeoutMs: true,
  headers: true,
  retry: true,
  hooks: true,
  logger: true,
  requestIds: true,
  interceptors: true,
  application: true,
  consoleUrl: true,
  fetch: true,
  clock: true,
  ...configOverrideNames,
  ...configPlaceNames,
  ...personOptionNames,
  wire: true,
  tls: true,
  proxyUrl: true,
  flow: true,
  storage: true,
  onEvent: true,
  signInNow: true,
  signal: true,
};

const wires = { grpc: true, rest: true } as const;

/** A client that {@link connect} made. */
export class ConnectedAdminClient extends AdminClient {
  /** The session; `undefined` where no token is sent. */
  readonly auth: Auth | undefined;
  readonly #config: FlyteConfig;
  readonly #isOwnFlow: boolean;

  /** @internal */
  constructor(parts: {
    readonly transport: Transport;
    readonly settings: ConnectionOptions;
    readonly auth: Auth | undefined;
    readonly config: FlyteConfig;
    /** Whether the flow is the caller's, not the configuration's. */
    readonly isOwnFlow: boolean;
  }) {
    const { settings, transport, auth } = parts;
    super({ ...settings, transport, ...(auth === undefined ? {} : { auth }) });
    this.auth = auth;
    this.#config = parts.config;
    this.#isOwnFlow = parts.isOwnFlow;
  }

  /** Closes the client as `AdminClient` does, and ends a sign-in that waits for a person. */
  override close(): void {
    super.close();
    this.auth?.close();
  }

  /** The settings in effect, each with its value and where it was set. Secrets are not shown. */
  explain(): readonly ExplainedSetting[] {
    const explained = this.#config.explain();
    if (!this.#isOwnFlow) return explained;
    const others = explained.filter(({ setting }) => setting !== "authType");
    return [...others, { setting: "flow", value: "(given)", source: "option" }];
  }
}

/**
 * Connects to the FlyteAdmin that flytectl and flytekit are set up for: reads the same file and the same environment
 * variables, and signs in the same ways.
 *
 * @example
 * ```ts
 * const admin = await connect();
 * for await (const project of admin.projects.list()) console.log(project.id);
 * ```
 * @throws InvalidOptionError that names file, key or variable, and what would be right
 * @throws SignInError when a person has to sign in and does not
 * @throws ConnectionError when the server cannot be reached and a person has to sign in
 * @throws SignedOutError when `signal` ended the sign-in
 */
export async function connect(options: ConnectOptions = {}): Promise<ConnectedAdminClient> {
  requireKnownOptions(
    options,
    connectOptionNames,
    "options",
    'an object such as { endpoint: "localhost:8089" }',
  );
  checkSignal(options.signal);
  const wire = options.wire ?? "grpc";
  requireOneOf(wires, wire, "wire");
  const config = await readFlyteConfig(options, options);
  const { baseUrl } = config;
  const caCertFilePath = config.get("caCertFilePath");
  const { proxyUrl } = options;
  const tls = {
    ...tlsOptionsOf({
      caCertFilePath:
        caCertFilePath === undefined ? undefined : expandHome(caCertFilePath, config.home),
      insecureSkipVerify: config.get("insecureSkipVerify"),
    }),
    ...options.tls,
  };
  const isOwn = Object.keys(tls).length > 0 || proxyUrl !== undefined;
  const fetch = options.fetch ?? (isOwn ? createNodeFetch({ tls, baseUrl, proxyUrl }) : undefined);
  const issuerProxyUrl = config.get("httpProxyUrl");
  const issuerFetch =
    options.fetch ??
    (issuerProxyUrl === undefined
      ? fetch
      : createNodeFetch({ tls, baseUrl, proxyUrl: issuerProxyUrl }));
  // 0 is how flytectl writes that nothing is set.
  const maxBytes = config.get("maxMessageSizeBytes");
  const readMaxBytes = maxBytes === 0 ? undefined : maxBytes;
  const transport = openWire(wire, { baseUrl, readMaxBytes, tls, proxyUrl, fetch });
  const auth = authOf(config, options, { transport, baseUrl, fetch: issuerFetch, wire });
  const client = new ConnectedAdminClient({
    transport,
    auth: auth?.auth,
    config,
    isOwnFlow: options.flow !== undefined,
    settings: settingsOf(config, options, fetch),
  });
  if (auth?.isInteractive === true && options.signInNow !== false) {
    const release = onAbort([options.signal], () => {
      client.close();
    });
    try {
      await auth.auth.ensureSignedIn();
    } catch (error) {
      client.close();
      throw error;
    } finally {
      release();
    }
  }
  return client;
}

interface Wire {
  readonly baseUrl: string;
  readonly readMaxBytes: number | undefined;
  readonly tls: TlsOptions;
  readonly proxyUrl: string | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

function openWire(
  wire: "grpc" | "rest",
  { baseUrl, readMaxBytes, tls, proxyUrl, fetch }: Wire,
): Transport {
  if (wire === "rest") {
    return createRestTransport({ baseUrl, fetch, readMaxBytes, sendTimeoutHeader: true });
  }
  return createGrpcTransport({ baseUrl, readMaxBytes, tls, proxyUrl });
}

function authOf(
  config: FlyteConfig,
  options: ConnectOptions,
  server: {
    readonly transport: Transport;
    readonly baseUrl: string;
    readonly fetch: typeof globalThis.fetch | undefined;
    readonly wire: "grpc" | "rest";
  },
): { readonly auth: Auth; readonly isInteractive: boolean } | undefined {
  if (options.flow === "none") return undefined;
  const flow = options.flow ?? flowOf(config, options);
  const proxyCommand = config.get("proxyCommand");
  const isService = options.flow === undefined && config.authType === "ClientSecret";
  const auth = createAuth({
    ...server,
    flow,
    proxyFlow: proxyCommand === undefined ? undefined : commandToken(proxyCommand),
    storage: options.storage,
    onEvent: options.onEvent,
    headerName: config.get("authorizationHeader"),
    // The browser flows are those of the public client that the server names, as in flytectl.
    clientId: isService ? config.get("clientId") : undefined,
    scopes: config.get("scopes"),
    audience: config.get("audience"),
    useAudienceFromAdmin: config.get("useAudienceFromAdmin"),
    tokenUrl: config.get("tokenUrl"),
    authorizationServerUrl: config.get("authorizationServerUrl"),
  });
  return { auth, isInteractive: flow.isInteractive };
}

function settingsOf(
  config: FlyteConfig,
  options: ConnectOptions,
  fetch: typeof globalThis.fetch | undefined,
): ConnectionOptions {
  const { timeoutMs, headers, retry, hooks, requestIds, interceptors, application, clock } =
    options;
  const { logger = loggerFromEnvironment(options.env ?? process.env) } = options;
  const maxRetries = config.get("maxRetries");
  const perRetryTimeoutMs = config.get("perRetryTimeoutMs");
  const attempts = (maxRetries ?? defaultMaxRetries) + 1;
  const project = config.get("project");
  const domain = config.get("domain");
  return {
    // Flytectl's limit holds for each attempt, this one for the whole call.
    timeoutMs:
      timeoutMs ?? (perRetryTimeoutMs === undefined ? undefined : perRetryTimeoutMs * attempts),
    headers: headers ?? config.get("headers"),
    retry: retry ?? (maxRetries === undefined ? undefined : { maxAttempts: attempts }),
    hooks,
    logger,
    requestIds,
    interceptors,
    application,
    clock,
    consoleUrl: options.consoleUrl ?? `${parseBaseUrl(config.baseUrl).href}/console`,
    defaults: {
      ...(project === undefined ? {} : { project }),
      ...(domain === undefined ? {} : { domain }),
    },
    ...(fetch === undefined ? {} : { fetch }),
  };
}

/** Flytectl's. */
const defaultMaxRetries = 4;
