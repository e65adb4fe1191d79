import type { Transport } from "@connectrpc/connect";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import { ServerAuth, type SignInOptions } from "./auth/index.js";
import { MemoryBlobStore } from "./blobs/index.js";
import type { RecordedCall } from "./calls/index.js";
import type { AddedFault, Fault } from "./faults/index.js";
import { type CorsOptions, fetchFrom } from "./http/index.js";
import type { ListeningServer, ListenOptions } from "./listen/index.js";
import { type AnsweredCall, ServedServices } from "./pipeline/index.js";
import {
  adminHandlers,
  authMetadataHandlers,
  createState,
  dataProxyHandlers,
  type FlyteState,
  identityHandlers,
  type ServerConfig,
  signalHandlers,
} from "./rpcs/index.js";
import { callRaw, createServerWires, type ServerWires } from "./server.js";
import type { AuthMetadataInput } from "./store/index.js";

/** How an in-memory FlyteAdmin is set up. */
export interface InMemoryFlyteAdminOptions {
  /**
   * Projects that exist from the start.
   * @defaultValue none
   */
  readonly projects?: readonly string[] | undefined;
  /**
   * The domains, which never change.
   * @defaultValue `["development", "staging", "production"]`
   */
  readonly domains?: readonly string[] | undefined;
  /**
   * The server's clock. Signed URLs expire by it.
   * @defaultValue the system's clock
   */
  readonly now?: (() => Date) | undefined;
  /** Settings that differ from those of a stock server. */
  readonly config?: Partial<ServerConfig> | undefined;
  /**
   * The answers of the identity and the OAuth2 services.
   * @defaultValue none: both answer UNIMPLEMENTED, as where authentication is off
   */
  readonly auth?: AuthMetadataInput | undefined;
  /**
   * Demands tokens, as a server with authentication on: with `{}` the server is its own issuer, as
   * a stock one is. What it says of itself and of callers then goes before `auth`.
   * @defaultValue none: every call passes
   */
  readonly signIn?: SignInOptions | undefined;
  /**
   * Where signed URLs point that are given in process or through `fetch`, without
   * a slash at the end. A listening server signs for its own address.
   * @defaultValue `"http://127.0.0.1:30002"`
   */
  readonly signedUrlBase?: string | undefined;
  /** The rights of pages of other origins on the HTTP port. */
  readonly cors?: CorsOptions | undefined;
  /**
   * How many calls `calls` keeps; the oldest go first.
   * @defaultValue `10000`
   */
  readonly maxCalls?: number | undefined;
  /**
   * Waits before an answer is sent, to stand for a server that is busy or has slow storage; it sees
   * how many rows the answer has. Whatever it throws is the answer.
   * @defaultValue none: answers are sent at once
   */
  readonly beforeAnswer?: ((call: AnsweredCall) => Promise<void>) | undefined;
  /**
   * Returns numbers from 0 up to 1, for faults with a probability.
   * @defaultValue `Math.random`
   */
  readonly random?: (() => number) | undefined;
}

const optionNames: OptionNames<InMemoryFlyteAdminOptions> = {
  projects: true,
  domains: true,
  now: true,
  config: true,
  auth: true,
  signIn: true,
  signedUrlBase: true,
  cors: true,
  maxCalls: true,
  beforeAnswer: true,
  random: true,
};

/** The faults of a server, as its users add them. */
export interface Faults {
  /**
   * Adds a fault. Of several that fit a call, the first one added strikes.
   * @throws InvalidOptionError for a fault without a target or an effect, or with a number out of range
   */
  add(fault: Fault): AddedFault;
  /** Takes all faults away. */
  clear(): void;
}

/**
 * A FlyteAdmin in memory, for tests and demos. It answers as FlyteAdmin v1.16
 * does: over a Connect transport in process, over `fetch` (the REST gateway and
 * the signed blobs), and over sockets.
 *
 * It starts empty but for its projects, and is filled by the write calls of the API.
 */
export class InMemoryFlyteAdmin {
  readonly #state: FlyteState;
  readonly #blobs: MemoryBlobStore;
  readonly #wires: ServerWires;
  readonly #signedUrlBase: string;
  readonly #transport: Transport;
  readonly #auth: ServerAuth | undefined;
  /** The server's time: that of the option `now`, or else the system's. */
  readonly now: () => Date;

  constructor(options: InMemoryFlyteAdminOptions = {}) {
    requireKnownOptions(options, optionNames);
    const now = options.now ?? (() => new Date());
    this.now = now;
    this.#signedUrlBase = options.signedUrlBase ?? "http://127.0.0.1:30002";
    this.#blobs = new MemoryBlobStore(now);
    this.#state = createState({ ...options, now, blobs: this.#blobs });
    const { metadataPrefix, uploadPrefix } = this.#state.config;
    for (const prefix of [metadataPrefix, uploadPrefix]) this.#blobs.createBucketOf(prefix);
    const auth = options.signIn === undefined ? undefined : new ServerAuth(options.signIn, now);
    this.#auth = auth;
    this.#wires = createServerWires({
      auth,
      services: servicesOf(this.#state, auth),
      blobs: this.#blobs,
      now,
      random: options.random ?? Math.random,
      signedUrlBase: this.#signedUrlBase,
      cors: options.cors ?? {},
      maxCalls: options.maxCalls ?? 10_000,
      beforeAnswer: options.beforeAnswer,
    });
    const { transport } = this.#wires;
    const withFetch = { ...transport, fetch: this.fetch };
    this.#transport = options.signedUrlBase === undefined ? withFetch : transport;
  }

  /** Authentication, where the server demands tokens: its keys, and tokens without a sign-in. */
  get auth(): ServerAuth | undefined {
    return this.#auth;
  }

  /** The calls that the server received, oldest first, on every wire. */
  get calls(): readonly RecordedCall[] {
    return this.#wires.calls.calls;
  }

  /** Forgets what was asked so far. */
  clearCalls(): void {
    this.#wires.calls.clear();
  }

  /** The faults that strike calls. */
  get faults(): Faults {
    return this.#wires.faults;
  }

  /**
   * A Connect transport to this server, in process. Callers and server never share an object. A client over it reads
   * signed URLs in process too, unless it has a `fetch` or the server a `signedUrlBase`.
   */
  transport(): Transport {
    return this.#transport;
  }

  /**
   * The HTTP port as a `fetch` handler: the REST gateway, and the objects behind
   * signed URLs. The origin of a request does not matter, but a signature covers it.
   * @throws TypeError as `fetch` does, where a fault breaks the connection; the reason of the request's signal, when it aborts
   */
  readonly fetch = (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init);
    return fetchFrom(this.#wires.port, request, this.#signedUrlBase);
  };

  /**
   * Opens the server on sockets, in Node: gRPC over cleartext HTTP/2 on one port,
   * REST and the signed blobs over HTTP/1.1 on another. May be called more than once.
   */
  async listen(options: ListenOptions = {}): Promise<ListeningServer> {
    // Loaded here, so that the rest can be bundled for a browser.
    const { listen } = await import("./listen/index.js");
    return await listen(this.#wires, options);
  }

  /**
   * Puts an object into the storage that the server reads and signs.
   * @param uri `s3://bucket/key`; the bucket is made where it does not exist
   */
  putBlob(uri: string, bytes: Uint8Array): void {
    this.#blobs.put(uri, bytes);
  }

  /** The bytes of an object of the storage, such as one that was uploaded; `undefined` when there is none. */
  getBlob(uri: string): Uint8Array | undefined {
    return this.#blobs.get(uri);
  }

  /**
   * Calls an RPC by its names with an encoded message, which is how recorded calls are replayed.
   * @param service the full name, such as `"flyteidl.service.AdminService"`
   * @returns the encoded answer
   * @throws ConnectError with the server's code, text and details
   */
  call(service: string, rpc: string, bytes: Uint8Array): Promise<Uint8Array> {
    return callRaw(this.#wires, { service, rpc, bytes, signedUrlBase: this.#signedUrlBase });
  }
}

/** Returns the services of a server; without authentication it lacks those of identity and OAuth2. */
function servicesOf(state: FlyteState, auth: ServerAuth | undefined): ServedServices {
  const services = new ServedServices()
    .add(AdminService, adminHandlers(state))
    .add(DataProxyService, dataProxyHandlers(state))
    .add(SignalService, signalHandlers(state));
  if (auth !== undefined) {
    return services
      .add(IdentityService, auth.identityHandlers())
      .add(AuthMetadataService, auth.metadataHandlers());
  }
  if (state.auth === undefined) return services;
  return services
    .add(IdentityService, identityHandlers(state))
    .add(AuthMetadataService, authMetadataHandlers(state));
}
