import type { Transport } from "@connectrpc/connect";

import {
  AuthMetadataService,
  type PublicClientAuthConfigResponse,
} from "../../../gen/flyteidl/service/auth_pb.js";
import {
  getOAuth2MetadataMethod,
  getPublicClientConfigMethod,
} from "../../../gen/flyteidl/service/methods.js";
import {
  ConnectionError,
  errorText,
  type FlyteError,
  isCertificateFault,
  isFlyteError,
  toFlyteError,
  UnexpectedResponseError,
} from "../../errors/index.js";
import { sendUnary } from "../../transports/index.js";
import { type SignInError, signInError } from "../errors.js";
import type { IssuerContext } from "../ask-issuer.js";
import {
  endpointsOfDocument,
  endpointsOfMetadata,
  fetchWellKnown,
  safeEndpoint,
} from "./issuer-endpoints.js";
import type { IssuerEndpoints, SignInServerOptions, SignInServer } from "./sign-in-server.js";

/** Dependencies of a discovery. */
export interface DiscoveryParts extends IssuerContext {
  /** Reaches the server, without a token. */
  readonly transport: Transport;
  /** The server's HTTP address, for the well-known document. `undefined` where there is none. */
  readonly baseUrl: string | undefined;
  readonly overrides: SignInServerOptions;
  /** Waits so many milliseconds, unless the signal ends the wait. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The number of times that the server is asked, and the wait after the first failure in milliseconds. */
const maxAttempts = 3;
const firstPauseMs = 200;

/**
 * Asks a server how to sign in: its AuthMetadataService first, well-known documents second.
 *
 * @returns `undefined` when the server runs without authentication, which nothing says but FlyteAdmin's own
 *   "unknown service": an ingress answers 404, and some proxies UNIMPLEMENTED, while the server is away
 * @throws FlyteError when the server cannot be reached, or something else answers in its place
 */
export async function discover(parts: DiscoveryParts): Promise<SignInServer | undefined> {
  const { overrides } = parts;
  const config = await publicClientConfig(parts);
  if (config === undefined) return undefined;
  const audience = textOf(config.audience);
  let endpoints: Promise<IssuerEndpoints> | undefined;
  return {
    clientId: overrides.clientId ?? textOf(config.clientId),
    redirectUri: overrides.redirectUri ?? textOf(config.redirectUri),
    scopes: overrides.scopes ?? config.scopes,
    audience: textOf(overrides.audience ?? audience),
    serviceAudience:
      overrides.useAudienceFromAdmin === true ? audience : textOf(overrides.audience),
    metadataKey: textOf(config.authorizationMetadataKey)?.toLowerCase(),
    endpoints: () => {
      const forget = (): void => {
        endpoints = undefined;
      };
      endpoints ??= findEndpoints(parts, forget).catch((error: unknown) => {
        // A failure is not kept: the issuer may be back for the next call.
        forget();
        throw error;
      });
      return endpoints;
    },
  };
}

/** @returns `undefined` when the server runs without authentication */
async function publicClientConfig(
  parts: DiscoveryParts,
): Promise<PublicClientAuthConfigResponse | undefined> {
  const { transport, timeoutMs, signal } = parts;
  try {
    return await asked(parts, "GetPublicClientConfig", isWorthAsking, () =>
      sendUnary(transport, getPublicClientConfigMethod, {}, { timeoutMs, signal }),
    );
  } catch (error) {
    if (isWithoutAuthentication(error)) return undefined;
    throw error;
  }
}

/** @param forget Called where what is found is good for this time only. */
async function findEndpoints(parts: DiscoveryParts, forget: () => void): Promise<IssuerEndpoints> {
  const { tokenUrl } = parts.overrides;
  const isPlain = isPlainServer(parts);
  if (tokenUrl === undefined) return issuerEndpoints(parts, isPlain);
  const tokenEndpoint = safeEndpoint("token endpoint", tokenUrl, isPlain);
  try {
    return { ...(await issuerEndpoints(parts, isPlain)), tokenEndpoint };
  } catch {
    // A service needs no other endpoint than the one that was set; a person may have better luck next time.
    forget();
    return {
      issuer: new URL(tokenEndpoint).origin,
      authorizationEndpoint: undefined,
      deviceAuthorizationEndpoint: undefined,
      tokenEndpointAuthMethods: [],
      namesIssuer: false,
      tokenEndpoint,
    };
  }
}

async function issuerEndpoints(parts: DiscoveryParts, isPlain: boolean): Promise<IssuerEndpoints> {
  const { transport, overrides, baseUrl, timeoutMs, signal } = parts;
  const { authorizationServerUrl } = overrides;
  if (authorizationServerUrl !== undefined) {
    const base = safeEndpoint("authorizationServerUrl", authorizationServerUrl, isPlain);
    return endpointsOfDocument(await fetchWellKnown(base, parts), base, isPlain);
  }
  let refusal: unknown = noTokenEndpoint();
  try {
    const metadata = await asked(parts, "GetOAuth2Metadata", isNoAnswer, () =>
      sendUnary(transport, getOAuth2MetadataMethod, {}, { timeoutMs, signal }),
    );
    if (metadata.tokenEndpoint !== "") return endpointsOfMetadata(metadata, isPlain);
  } catch (error) {
    // With an issuer of its own the server answers INTERNAL when it cannot reach it.
    if (!isAnswer(error)) throw error;
    refusal = error;
  }
  if (baseUrl === undefined) throw refusal;
  try {
    return endpointsOfDocument(await fetchWellKnown(baseUrl, parts), undefined, isPlain);
  } catch {
    // The server's own answer says more than the missing document does.
    throw refusal;
  }
}

/**
 * Asks the server, again after failures that pass.
 *
 * @param mayPass Whether another attempt may end better.
 * @throws FlyteError, the last attempt's
 */
async function asked<T>(
  { wait, signal, timeoutMs }: DiscoveryParts,
  rpc: string,
  mayPass: (error: FlyteError) => boolean,
  ask: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (thrown) {
      const error = toFlyteError(thrown, { rpc, attempts: attempt });
      const isOwnLimit = error.code === "DEADLINE_EXCEEDED" && error.serverMessage === undefined;
      if (isOwnLimit) throw noAnswer(rpc, timeoutMs, attempt);
      if (attempt === maxAttempts || !mayPass(error)) throw error;
      await wait(firstPauseMs * 2 ** (attempt - 1), signal);
    }
  }
}

function noAnswer(rpc: string, timeoutMs: number, attempts: number): ConnectionError {
  const words = `the server did not say within ${timeoutMs} ms how to sign in`;
  return new ConnectionError(errorText(rpc, "UNAVAILABLE", words), { rpc, attempts });
}

function noTokenEndpoint(): SignInError {
  return signInError(
    "the server's metadata names no token endpoint",
    "Set tokenUrl or authorizationServerUrl.",
    { reason: "unsupported" },
  );
}

/** FlyteAdmin's own words, on gRPC and through its gateway, where it runs with `useAuth: false`. */
function isWithoutAuthentication(error: unknown): boolean {
  return (
    isFlyteError(error, "UNIMPLEMENTED") &&
    error.serverMessage === `unknown service ${AuthMetadataService.typeName}`
  );
}

/** Whether the server may answer later: it, or the proxy in front of it, may still be starting. */
function isWorthAsking(error: FlyteError): boolean {
  if (isWithoutAuthentication(error) || error instanceof UnexpectedResponseError) return false;
  return (
    isNoAnswer(error) || ["UNIMPLEMENTED", "UNKNOWN", "INTERNAL", "ABORTED"].includes(error.code)
  );
}

function isNoAnswer(error: FlyteError): boolean {
  return error.code === "UNAVAILABLE" && !isCertificateFault(error);
}

/** Whether someone answered, be it a proxy: then another way may lead on. */
function isAnswer(error: unknown): boolean {
  return (
    isFlyteError(error) && !["UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED"].includes(error.code)
  );
}

/** Whether an address has TLS, or need not: where calls go without TLS, an issuer without it makes nothing worse. */
function isPlainServer({ baseUrl }: DiscoveryParts): boolean {
  return baseUrl?.startsWith("http:") === true;
}

function textOf(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
