import type { Client } from "@connectrpc/connect";

import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import type { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import type { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import {
  adminServiceMethods,
  authMetadataServiceMethods,
  dataProxyServiceMethods,
  identityServiceMethods,
  signalServiceMethods,
} from "../../gen/flyteidl/service/methods.js";
import {
  Connection,
  type ConnectionOverrideOptions,
  connectRest,
  connectTransport,
  type RestConnectionOptions,
  type TransportConnectionOptions,
} from "../calls/index.js";
import { InvalidOptionError } from "../errors/index.js";
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
  Signals,
  TaskExecutions,
  Tasks,
  Workflows,
} from "../resources/index.js";
import { createUnaryClient } from "../transports/index.js";
import { type ConsoleId, consoleUrl, type ConsoleUrlOptions } from "../values/index.js";

/** The plain Connect clients of FlyteAdmin's five services. */
export interface RpcClients {
  /** Connect's client of `flyteidl.service.AdminService`. */
  readonly admin: Client<typeof AdminService>;
  /** Connect's client of `flyteidl.service.DataProxyService`. */
  readonly dataProxy: Client<typeof DataProxyService>;
  /** Connect's client of `flyteidl.service.SignalService`. */
  readonly signals: Client<typeof SignalService>;
  /** Connect's client of `flyteidl.service.IdentityService`. */
  readonly identity: Client<typeof IdentityService>;
  /** Connect's client of `flyteidl.service.AuthMetadataService`. */
  readonly authMetadata: Client<typeof AuthMetadataService>;
}

/** Options of an `AdminClient`: `baseUrl` for FlyteAdmin's REST gateway, or a `transport`. */
export type AdminClientOptions = RestConnectionOptions | TransportConnectionOptions;

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
  /** The connection: standalone functions of `flyte-admin-client/functions` take it as their first argument. */
  readonly connection: Connection;
  /** The plain Connect clients, the escape hatch for what the resources lack. */
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

  /**
   * Opens nothing: the first call does.
   *
   * @param options - where FlyteAdmin is; or a connection to share, such as one of `connectRest`
   * @throws InvalidOptionError when the base URL or another option is invalid
   */
  constructor(options: AdminClientOptions | Connection) {
    const connection = options instanceof Connection ? options : connectionOf(options);
    const { transport } = connection;
    this.connection = connection;
    this.rpc = {
      admin: createUnaryClient(adminServiceMethods, transport),
      dataProxy: createUnaryClient(dataProxyServiceMethods, transport),
      signals: createUnaryClient(signalServiceMethods, transport),
      identity: createUnaryClient(identityServiceMethods, transport),
      authMetadata: createUnaryClient(authMetadataServiceMethods, transport),
    };
    this.executions = new Executions(connection);
    this.nodeExecutions = new NodeExecutions(connection);
    this.taskExecutions = new TaskExecutions(connection);
    this.tasks = new Tasks(connection);
    this.workflows = new Workflows(connection);
    this.launchPlans = new LaunchPlans(connection);
    this.namedEntities = new NamedEntities(connection);
    this.descriptionEntities = new DescriptionEntities(connection);
    this.projects = new Projects(connection);
    this.signals = new Signals(connection);
    this.attributes = new Attributes(connection);
    this.identity = new Identity(connection);
    this.dataProxy = new DataProxy(connection);
  }

  /**
   * Returns a client with other defaults, headers or time limit that shares this one's connection:
   * closing either closes both.
   *
   * @example
   * ```ts
   * const production = admin.with({ defaults: { domain: "production" } });
   * ```
   * @throws InvalidOptionError when an override is invalid
   */
  with(overrides: ConnectionOverrideOptions): AdminClient {
    return new AdminClient(this.connection.with(overrides));
  }

  /**
   * Returns the address of a page of FlyteConsole: of an execution, a node, an attempt, a version, a
   * name or a project. Nothing is asked of the server.
   *
   * @param options - `base` is FlyteConsole's address, where the client does not know it: over gRPC
   *   with a transport of your own
   * @throws InvalidIdentifierError when the id is not complete; InvalidOptionError when there is no
   *   valid address of FlyteConsole
   */
  consoleUrl(id: ConsoleId | undefined, options: Partial<ConsoleUrlOptions> = {}): string {
    const { consoleUrl: known, defaults } = this.connection;
    const base = options.base ?? known;
    if (base === undefined) {
      throw new InvalidOptionError(
        "The client does not know where FlyteConsole is. Pass { base }, or set the client's option consoleUrl.",
        { option: "base" },
      );
    }
    return consoleUrl(id, { ...options, base, defaults: options.defaults ?? defaults });
  }

  /**
   * Ends every call, list, walk, wait and transfer in flight with a `CanceledError`, and closes the
   * transport where it can be closed, also when the caller created it. Later calls fail as well. A
   * script need not close: an idle connection does not keep Node alive.
   */
  close(): void {
    this.connection.close();
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

function connectionOf(options: AdminClientOptions): Connection {
  const given: unknown = options;
  if (typeof given !== "object" || given === null) {
    throw new InvalidOptionError(
      `options must be an object such as { baseUrl: "https://…" } or { transport }, got ${typeof given === "string" ? "a string" : String(given)}.`,
      { option: "options" },
    );
  }
  if (options.transport === undefined) return connectRest(options);
  // A caller without types may have given both.
  if (!("baseUrl" in given) || given.baseUrl === undefined) return connectTransport(options);
  throw new InvalidOptionError(
    "baseUrl and transport are both given. Give one of them: a transport has its address already.",
    { option: "baseUrl" },
  );
}
