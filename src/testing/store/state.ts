import { Project_ProjectState } from "../../../gen/flyteidl/admin/project_pb.js";
import type { BlobStore } from "./blob-store.js";
import type { ExecutionRow, ExecutionTagRow, TaskReference } from "./execution-rows.js";
import type {
  DescriptionRow,
  LaunchPlanRow,
  NamedEntityRow,
  ProjectRow,
  ResourceRow,
  SignalRow,
  TaskRow,
  WorkflowRow,
} from "./registry-rows.js";
import { ResultCache } from "./result-cache.js";
import { type AuthMetadataInput, defaultServerConfig, type ServerConfig } from "./server-config.js";
import { joinKey, Table } from "./table.js";
import type { Micros } from "./times.js";
import { invalidOption } from "../../internal/validation/index.js";

/** The initial state of a server. */
export interface StateOptions {
  /**
   * Projects that exist from the start, each named as its id.
   * @defaultValue none
   */
  readonly projects?: readonly string[] | undefined;
  /**
   * The domains, which never change.
   * @defaultValue `["development", "staging", "production"]`
   */
  readonly domains?: readonly string[] | undefined;
  /** The server's clock. */
  readonly now: () => Date;
  /** The object storage that the server reads, writes and signs. */
  readonly blobs: BlobStore;
  /** Settings that differ from those of the recorded server. */
  readonly config?: Partial<ServerConfig> | undefined;
  /**
   * The answers of the identity and the OAuth2 services.
   * @defaultValue none: authentication is off, and both answer UNIMPLEMENTED
   */
  readonly auth?: AuthMetadataInput | undefined;
}

/** Everything that a server holds. */
export interface FlyteState {
  readonly config: ServerConfig;
  readonly auth: AuthMetadataInput | undefined;
  readonly domains: readonly string[];
  readonly now: () => Date;
  /** When the server started. */
  readonly startedAt: Date;
  readonly blobs: BlobStore;
  /**
   * The clock in microseconds, later at every call than at the one before, so
   * that rows written within a millisecond keep their order when sorted by time.
   */
  readonly tick: () => Micros;
  /** How often the clock was read: grows with every write, since each write stamps its rows. */
  readonly revision: () => number;
  /** The results of lists since the last write. */
  readonly results: ResultCache;
  readonly projects: Table<ProjectRow>;
  readonly tasks: Table<TaskRow>;
  readonly workflows: Table<WorkflowRow>;
  readonly launchPlans: Table<LaunchPlanRow>;
  readonly namedEntities: Table<NamedEntityRow>;
  readonly descriptions: Table<DescriptionRow>;
  readonly signals: Table<SignalRow>;
  readonly executions: Table<ExecutionRow>;
  /** Grouped by the name of the execution alone, as lists join them. */
  readonly executionTags: Table<ExecutionTagRow>;
  /** Matchable attributes by scope; the only rows that can be deleted. */
  readonly resources: Map<string, ResourceRow>;
  /** Tasks that attempts refer to, registered or not. */
  readonly taskReferences: Map<string, TaskReference>;
  /** How many rows of the tables without a list of their own there are. */
  readonly counters: { nodeExecutions: number; taskExecutions: number; resources: number };
}

/** A server without rows but for its first projects. */
export function createState(options: StateOptions): FlyteState {
  const clock = monotonicClock(options.now);
  const state: FlyteState = {
    config: { ...defaultServerConfig(), ...options.config },
    auth: options.auth,
    domains: options.domains ?? ["development", "staging", "production"],
    now: options.now,
    startedAt: options.now(),
    blobs: options.blobs,
    tick: clock.tick,
    revision: clock.count,
    results: new ResultCache(),
    projects: new Table(),
    tasks: new Table(),
    workflows: new Table(),
    launchPlans: new Table(),
    namedEntities: new Table(),
    descriptions: new Table(),
    signals: new Table(),
    executions: new Table(),
    executionTags: new Table(),
    resources: new Map(),
    taskReferences: new Map(),
    counters: { nodeExecutions: 0, taskExecutions: 0, resources: 0 },
  };
  const { projects = [] } = options;
  const given: unknown = projects;
  if (!Array.isArray(given)) throw invalidOption("projects", "an array of ids", given);
  for (const project of projects) insertFirstProject(state, project);
  return state;
}

/** The key of a version, and the groups that lists ask for. */
export function versionGroups(project: string, domain: string, name: string): readonly string[] {
  return [joinKey(project, domain), joinKey(project, domain, name)];
}

function monotonicClock(now: () => Date): {
  readonly tick: () => Micros;
  readonly count: () => number;
} {
  let last = 0;
  let count = 0;
  return {
    tick: () => {
      count++;
      last = Math.max(now().getTime() * 1000, last + 1);
      return last;
    },
    count: () => count,
  };
}

function insertFirstProject(state: FlyteState, identifier: string): void {
  const now = state.tick();
  state.projects.insert(
    {
      id: state.projects.nextId,
      createdAt: now,
      updatedAt: now,
      identifier,
      name: identifier,
      description: `${identifier} description`,
      labels: undefined,
      state: Project_ProjectState.ACTIVE,
    },
    identifier,
  );
}
