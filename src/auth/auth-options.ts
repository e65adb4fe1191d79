import type { Transport } from "@connectrpc/connect";
import type { OptionNames } from "../internal/validation/index.js";
import type { FetchContext } from "../transports/index.js";
import type { SignInServerOptions } from "./discovery/index.js";
import type { SignInFlow } from "./flow.js";
import type { TokenStorage } from "./token-storage.js";

/** Options of signing in. */
export interface AuthOptions extends SignInServerOptions {
  /** The way to get tokens, such as `clientCredentials({ … })`. */
  readonly flow: SignInFlow;
  /** The server's HTTP address, as for the client: its metadata is asked there unless `transport` is given. */
  readonly baseUrl?: string | undefined;
  /** Carries the calls for the server's metadata, which need no token. */
  readonly transport?: Transport | undefined;
  /**
   * The wire of the signed calls; it decides the header. From a page on another origin
   * FlyteAdmin's CORS lets `flyte-authorization` through by default, which is what REST uses.
   * @defaultValue `"rest"`
   */
  readonly wire?: AuthWire | undefined;
  /**
   * The header for the token, where it differs from what the server publishes
   * (`auth.httpAuthorizationHeader` is published nowhere).
   */
  readonly headerName?: string | undefined;
  /** A second token for a proxy before the server, sent as `proxy-authorization`. */
  readonly proxyFlow?: SignInFlow | undefined;
  /**
   * Keeps the token between runs. Not touched where the server runs without authentication.
   * @defaultValue none: the token lives as long as the client
   */
  readonly storage?: TokenStorage | undefined;
  /** Receives sign-in events: a person or a service signed in, a session ended. */
  readonly onEvent?: AuthListener | undefined;
  /**
   * Makes the requests to the issuer.
   * @defaultValue the runtime's `fetch`
   */
  readonly fetch?: FetchContext["fetch"] | undefined;
  /**
   * The longest time of one request to the server's metadata or to the issuer, in milliseconds.
   * @defaultValue 15000
   */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * The clock.
   * @defaultValue the system's
   */
  readonly now?: (() => Date) | undefined;
  /**
   * Waits, as between two questions of the device code flow.
   * @defaultValue a timer
   */
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** The names of {@link AuthOptions}. */
export const authOptionNames: OptionNames<AuthOptions> = {
  clientId: true,
  redirectUri: true,
  scopes: true,
  audience: true,
  useAudienceFromAdmin: true,
  tokenUrl: true,
  authorizationServerUrl: true,
  flow: true,
  baseUrl: true,
  transport: true,
  wire: true,
  headerName: true,
  proxyFlow: true,
  storage: true,
  onEvent: true,
  fetch: true,
  requestTimeoutMs: true,
  now: true,
  wait: true,
};

/**
 * An event of a sign-in:
 * - `signedIn`: a person or a service signed in;
 * - `renewed`: another token took the place of the one before;
 * - `signedOut`: the session is over, or was ended: a page can ask the person to sign in again;
 * - `storageFailed`: the storage could not be read or written; calls continue without it.
 */
export interface AuthEvent {
  /** The kind of event. */
  readonly kind: "signedIn" | "renewed" | "signedOut" | "storageFailed";
  /** Why, in words without secrets. */
  readonly reason?: string | undefined;
}

/** Takes events. What it throws is dropped: an observer does not fail a call. */
export type AuthListener = (event: AuthEvent) => void;

/** Passes an event to a listener. */
export function tell(listener: AuthListener | undefined, event: AuthEvent): void {
  try {
    listener?.(event);
  } catch {
    // A failing observer must not fail the call.
  }
}

/** The wire that carries the token. */
export type AuthWire = "grpc" | "rest";

/** The key that FlyteAdmin reads tokens from by default, besides `authorization`. */
const flyteAuthorization = "flyte-authorization";

/**
 * The header for the token. gRPC uses the key that the server publishes. On REST the server has a
 * name of its own, published nowhere: with the default key both are the same, and with a renamed
 * key only `authorization` is sure to be read. Never two: the first one hides the other.
 */
export function headerFor(wire: AuthWire, metadataKey: string | undefined): string {
  const key = metadataKey ?? flyteAuthorization;
  return wire === "grpc" || key === flyteAuthorization ? key : "authorization";
}
