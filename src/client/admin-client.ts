import type { Transport } from "@connectrpc/connect";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import type { IdDefaults } from "../values/identifiers/index.js";
import { type CallSettings, isBrowser, withInterceptors } from "../calls/index.js";
import {
  Attributes,
  DataProxy,
  DescriptionEntities,
  Executions,
  Identity,
  LaunchPlans,
  NamedEntities,
  NodeExecutions,
  Projects,
  type ResourceContext,
  type RpcClients,
  Signals,
  TaskExecutions,
  Tasks,
  Workflows,
} from "../resources/index.js";
import { CancellationGroup, ClientClosedError } from "../internal/cancellation/index.js";
import { requireObject } from "../internal/require-object.js";
import { createRestTransport, type RestTransportOptions } from "../transports/rest/index.js";
import { createUnaryClient } from "../transports/unary-client.js";
import { systemWaitingClock, type WaitingClock } from "../executions/wait/index.js";
import { loadLater } from "#later";

/** What a client does whichever wire it uses. */
export interface AdminClientSettings extends CallSettings {
  /**
   * The project and domain that stand in where an identifier leaves them out.
   * @defaultValue none
   */
  readonly defaults?: IdDefaults;
  /**
   * How signed URLs, and REST calls, are fetched.
   * @defaultValue the runtime's `fetch`
   */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * What waiting for executions goes by; tests put their own in its place.
   * @defaultValue the clock, the timers and the random numbers of the runtime
   */
  readonly clock?: WaitingClock;
}

/** A client over FlyteAdmin's REST gateway, as it runs in a browser and in Node. */
export interface RestClientOptions
  extends AdminClientSettings, Omit<RestTransportOptions, "fetch" | "headers"> {
  readonly transport?: never;
}

/** A client over any Connect transport, such as that of `flyte-admin-client/node`. */
export interface TransportClientOptions extends AdminClientSettings {
  /** What carries the calls. */
  readonly transport: Transport;
  readonly baseUrl?: never;
}

/** How to reach a FlyteAdmin: `baseUrl` for its REST gateway, or a `transport`. */
export type AdminClientOptions = RestClientOptions | TransportClientOptions;

/**
 * A client of FlyteAdmin, the control plane of Flyte 1.x.
 *
 * @example
 * ```ts
 * const admin = new AdminClient({ baseUrl: "https://flyte.example.com" });
 * const execution = await admin.executions.get({
 *   project: "flytesnacks",
 *   domain: "development",
 *   name: "f3a",
 * });
 * ```
 */
export class AdminClient {
  /** The plain Connect clients: the way to call what the resources lack. */
  readonly rpc: RpcClients;
  /** Workflow executions. */
  readonly executions: Executions;
  /** Node executions. */
  readonly nodeExecutions: NodeExecutions;
  /** Task executions: attempts. */
  readonly taskExecutions: TaskExecutions;
  /** Tasks and their versions. */
  readonly tasks: Tasks;
  /** Workflows and their versions. */
  readonly workflows: Workflows;
  /** Launch plans and their versions. */
  readonly launchPlans: LaunchPlans;
  /** Names of tasks, workflows and launch plans, with their state. */
  readonly namedEntities: NamedEntities;
  /** Descriptions of tasks, workflows and launch plans. */
  readonly descriptionEntities: DescriptionEntities;
  /** Projects and domains. */
  readonly projects: Projects;
  /** Signals of gate nodes. */
  readonly signals: Signals;
  /** Matchable attributes. */
  readonly attributes: Attributes;
  /** Who the caller is, how to sign in, and which server it is. */
  readonly identity: Identity;
  /** Signed URLs of data. */
  readonly dataProxy: DataProxy;
  readonly #openCalls = new CancellationGroup();
  readonly #wire: Transport;

  /**
   * Opens nothing: the first call does.
   *
   * @throws InvalidOptionError when the base URL or another option cannot be used
   */
  constructor(options: AdminClientOptions) {
    const wire = transportOf(options);
    this.#wire = wire;
    const settings = { ...options, requestIds: options.requestIds ?? !isBrowser() };
    const transport = withInterceptors(wire, settings, this.#openCalls);
    this.rpc = {
      admin: createUnaryClient(AdminService, transport),
      dataProxy: createUnaryClient(DataProxyService, transport),
      signal: createUnaryClient(SignalService, transport),
      identity: createUnaryClient(IdentityService, transport),
      authMetadata: createUnaryClient(AuthMetadataService, transport),
    };
    const context: ResourceContext = {
      clients: this.rpc,
      defaults: options.defaults ?? {},
      fetch: options.fetch,
      clock: options.clock ?? systemWaitingClock,
      closed: this.#openCalls.signal,
      loadLater: (call = {}) => loadLater(requireObject(call, "options", "an object")),
    };
    this.executions = new Executions(context);
    this.nodeExecutions = new NodeExecutions(context);
    this.taskExecutions = new TaskExecutions(context);
    this.tasks = new Tasks(context);
    this.workflows = new Workflows(context);
    this.launchPlans = new LaunchPlans(context);
    this.namedEntities = new NamedEntities(context);
    this.descriptionEntities = new DescriptionEntities(context);
    this.projects = new Projects(context);
    this.signals = new Signals(context);
    this.attributes = new Attributes(context);
    this.identity = new Identity(context);
    this.dataProxy = new DataProxy(context);
  }

  /**
   * Ends what runs, be it a call, a list, a walk, a wait or a transfer, with a `CanceledError`, and
   * closes the connection of a transport that holds one, also when it was given in the options. It
   * is for good: later calls fail as well. A script need not close: an idle connection does not
   * keep Node alive.
   */
  close(): void {
    this.#openCalls.end(new ClientClosedError());
    if (isClosable(this.#wire)) this.#wire.close();
  }

  /** Closes the client, as `using` does. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Closes the client, as `await using` does. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

function isClosable(transport: Transport): transport is Transport & { close: () => void } {
  return "close" in transport && typeof transport.close === "function";
}

function transportOf(options: AdminClientOptions): Transport {
  const given: unknown = options;
  if (typeof given !== "object" || given === null) {
    throw new InvalidOptionError(
      `AdminClient was given ${given === null ? "null" : `a value of type ${typeof given}`}; it takes { baseUrl: "https://…" } or { transport }`,
      { option: "options" },
    );
  }
  if (options.transport === undefined) {
    // Headers are added to every call, whichever transport carries it.
    return createRestTransport({ ...options, headers: undefined });
  }
  // A caller without types may have given both.
  if (!("baseUrl" in given) || given.baseUrl === undefined) return options.transport;
  throw new InvalidOptionError(
    "AdminClient was given both baseUrl and transport: give one of them; a transport has its address already",
    { option: "baseUrl" },
  );
}
