import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError, InvalidOptionError } from "../errors/index.js";
import {
  describeValue,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";
import {
  type ExecutionIdInput,
  type IdDefaults,
  isRow,
  type NamedEntityIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNamedEntityId,
  requireNodeExecutionId,
  requireScope,
  requireTaskExecutionId,
  type ResourceIdInput,
  type Scope,
  type ScopeInput,
  type TaskExecutionIdInput,
} from "./identifiers/index.js";

/**
 * Whatever FlyteConsole has a page for: an execution (also in slash form), a node, an attempt, a
 * version, or all versions of a task, workflow or launch plan (with its `resourceType`), or a project
 * and domain.
 */
export type ConsoleId =
  | ExecutionIdInput
  | NodeExecutionIdInput
  | TaskExecutionIdInput
  | ResourceIdInput
  | (NamedEntityIdInput & { readonly resourceType: ResourceType })
  | ScopeInput;

/** Options of {@link consoleUrl}. */
export interface ConsoleUrlOptions {
  /** The address of FlyteConsole with its path, such as `https://flyte.example.com/console`. */
  readonly base: string;
  /**
   * The project and domain of an id that leaves them out.
   * @defaultValue none
   */
  readonly defaults?: IdDefaults | undefined;
}

const optionNames: OptionNames<ConsoleUrlOptions> = { base: true, defaults: true };

/**
 * Returns the address of a page of FlyteConsole. Nothing is asked of the server.
 *
 * FlyteConsole shows nodes and attempts on the page of their execution, so they have its address.
 *
 * @example
 * ```ts
 * consoleUrl(execution.id, { base: "https://flyte.example.com/console" });
 * // https://flyte.example.com/console/projects/flytesnacks/domains/development/executions/f3a
 * ```
 * @throws InvalidIdentifierError when the id is not complete, or does not show of which kind it is;
 *   InvalidOptionError when `base` is not an http or https URL
 */
export function consoleUrl(id: ConsoleId | undefined, options: ConsoleUrlOptions): string {
  const { base, defaults = {} } = requireKnownOptions(
    options,
    optionNames,
    "options",
    "an object with base",
  );
  const { scope, path } = pageOf(id, defaults);
  const parts = ["projects", scope.project, "domains", scope.domain, ...path];
  return `${requireBase(base)}/${parts.map(encodeURIComponent).join("/")}`;
}

interface ConsolePage {
  readonly scope: Pick<Scope, "project" | "domain">;
  readonly path: readonly string[];
}

function pageOf(id: ConsoleId | undefined, defaults: IdDefaults): ConsolePage {
  if (typeof id === "string" || id === undefined) return executionPage(id, defaults);
  if (isRow(id)) {
    if (id.id === undefined || !("resourceType" in id)) return pageOf(id.id, defaults);
    return pageOf({ ...id.id, resourceType: id.resourceType }, defaults);
  }
  if ("retryAttempt" in id) {
    const { nodeExecutionId } = requireTaskExecutionId(id, defaults);
    return executionPage(nodeExecutionId?.executionId, defaults);
  }
  if ("nodeId" in id) {
    return executionPage(requireNodeExecutionId(id, defaults).executionId, defaults);
  }
  if ("version" in id && id.version !== "") {
    const { version } = id;
    const { name, ...scope } = requireNamedEntityId(id, defaults, "id");
    return { scope, path: [wordsOf(id).one, name, "version", version] };
  }
  if ("resourceType" in id && "name" in id) {
    const { name, ...scope } = requireNamedEntityId(id, defaults, "id");
    return { scope, path: [wordsOf(id).all, name] };
  }
  if ("name" in id) return executionPage(id, defaults);
  return { scope: requireScope(id, defaults), path: ["executions"] };
}

function executionPage(id: ExecutionIdInput | undefined, defaults: IdDefaults): ConsolePage {
  const { name, ...scope } = requireExecutionId(id, defaults);
  return { scope, path: ["executions", name] };
}

/** The parts of FlyteConsole's paths: its version pages have the singular, its list pages the plural. */
const words: ReadonlyMap<ResourceType | undefined, { readonly one: string; readonly all: string }> =
  new Map([
    [ResourceType.TASK, { one: "task", all: "tasks" }],
    [ResourceType.WORKFLOW, { one: "workflow", all: "workflows" }],
    [ResourceType.LAUNCH_PLAN, { one: "launch_plan", all: "launchPlans" }],
  ]);

function wordsOf({ resourceType }: { readonly resourceType?: ResourceType | undefined }): {
  readonly one: string;
  readonly all: string;
} {
  const found = words.get(resourceType);
  if (found !== undefined) return found;
  throw new InvalidIdentifierError(
    "id.resourceType must be TASK, WORKFLOW or LAUNCH_PLAN. Use an id of a row, or one of taskId, workflowId and launchPlanId.",
    { path: "id.resourceType" },
  );
}

function requireBase(base: unknown): string {
  const isUrl = typeof base === "string" && /^https?:\/\//i.test(base) && URL.canParse(base);
  if (isUrl) {
    const { origin, pathname } = new URL(base);
    return origin + pathname.replace(/\/+$/, "");
  }
  // Not shown: the address may hold a password.
  const given = typeof base === "string" ? "a string of another form" : describeValue(base);
  throw new InvalidOptionError(
    `base must be the address of FlyteConsole, such as https://flyte.example.com/console, got ${given}.`,
    { option: "base" },
  );
}
