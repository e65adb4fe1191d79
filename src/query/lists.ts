import { connectionOf, type FlyteClient } from "../calls/index.js";
import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { LaunchPlan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { Project } from "../../gen/flyteidl/admin/project_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Task } from "../../gen/flyteidl/admin/task_pb.js";
import type { Workflow } from "../../gen/flyteidl/admin/workflow_pb.js";
import {
  type ExecutionQuery,
  listExecutions,
  listNodeExecutions,
  listTaskExecutions,
  type NodeExecutionQuery,
  type TaskExecutionQuery,
} from "../executions/index.js";
import {
  executionFilters,
  type FilterEntity,
  type FilterTable,
  launchPlanFilters,
  nodeExecutionFilters,
  type OrderBy,
  projectFilters,
  taskExecutionFilters,
  taskFilters,
  toFilterString,
  type WhereInput,
  workflowFilters,
} from "../lists/filters/index.js";
import type { ListOptions, Page, PagedList } from "../lists/paging/index.js";
import { listProjects, type ProjectQuery } from "../projects/index.js";
import {
  type LaunchPlanQuery,
  listLaunchPlans,
  listTasks,
  listWorkflows,
  type TaskQuery,
  type WorkflowQuery,
} from "../registry/index.js";
import {
  formatId,
  requireExecutionId,
  requireNodeExecutionId,
} from "../values/identifiers/index.js";
import {
  type FlyteInfiniteQuery,
  makeKey,
  type QueryResource,
  type WithoutSignal,
} from "./query-types.js";

/** Options of the pages of a query. */
export type PageQueryOptions = Pick<
  WithoutSignal<ListOptions>,
  "pageSize" | "timeoutMs" | "headers" | "contextValues"
>;

/**
 * Returns the options of an infinite query for the executions of a project and domain, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function executionsQuery(
  client: FlyteClient,
  query: ExecutionQuery = {},
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<Execution>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "executions",
    about: { ...keyScope(connection.defaults, query), ...keyQuery(executionFilters, query) },
    options,
    list: (call) => listExecutions(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for the top-level nodes of an execution, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function nodeExecutionsQuery(
  client: FlyteClient,
  query: NodeExecutionQuery,
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<NodeExecution>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "nodeExecutions",
    about: {
      id: formatId(requireExecutionId(query.executionId, connection.defaults, "executionId")),
      ...keyQuery(nodeExecutionFilters, query),
    },
    options,
    list: (call) => listNodeExecutions(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for the attempts of a node, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function taskExecutionsQuery(
  client: FlyteClient,
  query: TaskExecutionQuery,
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<TaskExecution>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "taskExecutions",
    about: {
      id: formatId(
        requireNodeExecutionId(query.nodeExecutionId, connection.defaults, "nodeExecutionId"),
      ),
      ...keyQuery(taskExecutionFilters, query),
    },
    options,
    list: (call) => listTaskExecutions(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for versions of launch plans, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function launchPlansQuery(
  client: FlyteClient,
  query: LaunchPlanQuery = {},
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<LaunchPlan>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "launchPlans",
    about: { ...keyScope(connection.defaults, query), ...keyQuery(launchPlanFilters, query) },
    options,
    list: (call) => listLaunchPlans(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for versions of workflows, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function workflowsQuery(
  client: FlyteClient,
  query: WorkflowQuery = {},
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<Workflow>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "workflows",
    about: { ...keyScope(connection.defaults, query), ...keyQuery(workflowFilters, query) },
    options,
    list: (call) => listWorkflows(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for versions of tasks, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function tasksQuery(
  client: FlyteClient,
  query: TaskQuery = {},
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<Task>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "tasks",
    about: { ...keyScope(connection.defaults, query), ...keyQuery(taskFilters, query) },
    options,
    list: (call) => listTasks(connection, query, call),
  });
}

/**
 * Returns the options of an infinite query for projects, page by page.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function projectsQuery(
  client: FlyteClient,
  query: ProjectQuery = {},
  options: PageQueryOptions = {},
): FlyteInfiniteQuery<Page<Project>> {
  const connection = connectionOf(client);
  return pagesQuery({
    client,
    resource: "projects",
    about: { ...keyQuery(projectFilters, query) },
    options,
    list: (call) => listProjects(connection, query, call),
  });
}

interface PagesQuery<Row> {
  readonly client: FlyteClient;
  readonly resource: QueryResource;
  readonly about: Readonly<Record<string, unknown>>;
  readonly options: PageQueryOptions;
  readonly list: (options: ListOptions) => PagedList<Row>;
}

function pagesQuery<Row>(pages: PagesQuery<Row>): FlyteInfiniteQuery<Page<Row>> {
  const { client, resource, about, options, list } = pages;
  // An invalid query is found here and not when it runs.
  list(options);
  const { pageSize } = options;
  const sized = { ...about, ...(pageSize !== undefined && { pageSize }) };
  return {
    queryKey: makeKey(connectionOf(client), resource, "list", sized),
    queryFn: ({ pageParam, signal }) => list({ ...options, signal }).page({ token: pageParam }),
    initialPageParam: undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
  };
}

function keyScope(
  defaults: { readonly project?: string | undefined; readonly domain?: string | undefined },
  {
    project,
    domain,
    name,
  }: Readonly<Partial<Record<"project" | "domain" | "name", string | undefined>>>,
): Readonly<Record<string, unknown>> {
  return {
    project: project ?? defaults.project,
    domain: domain ?? defaults.domain,
    ...(name !== undefined && { name }),
  };
}

/** Returns the filter and the order as the server reads them: functions cannot be compared. */
export function keyQuery<E extends FilterEntity>(
  table: FilterTable<E>,
  {
    where,
    orderBy,
  }: {
    readonly where?: WhereInput<E> | undefined;
    readonly orderBy?: OrderBy<E> | undefined;
  },
): Readonly<Record<string, unknown>> {
  return {
    filters: toFilterString(table, where),
    ...(orderBy !== undefined && { orderBy }),
  };
}
