import { ResourceType } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import {
  ArtifactType,
  DataProxyService,
} from "flyte-admin-client/gen/flyteidl/service/dataproxy_pb";
import { SignalService } from "flyte-admin-client/gen/flyteidl/service/signal_pb";

import type { SeededRandom } from "../random.js";
import { call, type PlannedCall } from "./planned-call.js";
import { attemptId, executionId, nodeId, type Scope, tagOf, versionId } from "./world.js";

const { method } = AdminService;
const proxy = DataProxyService.method;

/** A random list, with filters, sorts, limits and tokens, some of them wrong. */
export function randomList(random: SeededRandom, scope: Scope): PlannedCall {
  const execution = `run${random.below(8)}`;
  const node = random.pick(["n0", "n1", "dyn"]);
  const page = randomPage(scope, random);
  const id = { ...scope, name: random.pick(["", "", "add", "chain", "plan"]) };
  const resourceType = random.pick([
    ResourceType.TASK,
    ResourceType.WORKFLOW,
    ResourceType.LAUNCH_PLAN,
  ]);
  switch (random.below(10)) {
    case 0:
      return call(method.listTasks, { ...page, id });
    case 1:
      return call(method.listWorkflows, { ...page, id });
    case 2:
      return call(method.listLaunchPlans, { ...page, id });
    case 3:
      return call(method.listNamedEntities, { ...page, ...scope, resourceType });
    case 4:
      return call(method.listTaskIds, { ...page, ...scope });
    case 5:
    case 6:
      return call(method.listExecutions, { ...page, id: { ...scope } });
    case 7:
      return call(method.listNodeExecutions, {
        ...page,
        workflowExecutionId: executionId(scope, execution),
      });
    case 8:
      return call(method.listTaskExecutions, {
        ...page,
        nodeExecutionId: nodeId(scope, execution, node),
      });
    default:
      return call(SignalService.method.listSignals, {
        ...page,
        workflowExecutionId: executionId(scope, execution),
      });
  }
}

/** A random read of one thing, or of its data. */
export function randomGet(random: SeededRandom, scope: Scope): PlannedCall {
  const execution = `run${random.below(8)}`;
  const node = random.pick(["n0", "n1", "dyn", "zz"]);
  const version = random.pick(["v1", "v2"]);
  switch (random.below(12)) {
    case 0:
      return call(method.getTask, { id: versionId(ResourceType.TASK, scope, "add", version) });
    case 1:
      return call(method.getWorkflow, {
        id: versionId(ResourceType.WORKFLOW, scope, "chain", version),
      });
    case 2:
      return call(method.getLaunchPlan, {
        id: versionId(ResourceType.LAUNCH_PLAN, scope, "plan", version),
      });
    case 3:
      return call(method.getActiveLaunchPlan, {
        id: { ...scope, name: random.pick(["plan", "chain"]) },
      });
    case 4:
      return call(method.getExecution, { id: executionId(scope, execution) });
    case 5:
      return call(method.getExecutionData, { id: executionId(scope, execution) });
    case 6:
      return call(method.getNodeExecution, { id: nodeId(scope, execution, node) });
    case 7:
      return call(method.getNodeExecutionData, { id: nodeId(scope, execution, node) });
    case 8:
      return call(method.getTaskExecution, { id: attemptId(scope, execution, node) });
    case 9:
      return call(method.getTaskExecutionData, { id: attemptId(scope, execution, node) });
    case 10:
      return call(method.getExecutionMetrics, {
        id: executionId(scope, execution),
        depth: random.below(3),
      });
    default:
      return randomLink(random, scope, execution, node);
  }
}

function randomLink(
  random: SeededRandom,
  scope: Scope,
  execution: string,
  node: string,
): PlannedCall {
  const expiresIn = random.pick([{ seconds: 60n }, { seconds: -5n }, { seconds: 999_999n }]);
  switch (random.below(4)) {
    case 0:
      return call(proxy.createUploadLocation, {
        ...scope,
        filename: random.pick(["a.txt", "", "a%b", "../x", "sp ace"]),
        filenameRoot: random.pick(["", "root"]),
        contentMd5: random.chance(0.7) ? new Uint8Array(16) : new Uint8Array(),
        expiresIn,
      });
    case 1:
      return call(proxy.createDownloadLocation, {
        nativeUrl: random.pick([`${scope.storage}/none`, "nonsense", ""]),
        expiresIn,
      });
    case 2:
      return call(proxy.createDownloadLink, {
        artifactType: random.pick([ArtifactType.DECK, ArtifactType.UNDEFINED]),
        source: { case: "nodeExecutionId", value: nodeId(scope, execution, node) },
      });
    default: {
      const { project, domain } = scope;
      const path = `flyte://v1/${project}/${domain}/${execution}/${node}`;
      return call(proxy.getData, {
        flyteUrl: random.pick([`${path}/i`, `${path}/o`, `${path}/0/o`, `${path}/o/o0`, "x", ""]),
      });
    }
  }
}

/** Sorts are mostly by `id`, which no two rows share, so that answers can be compared row by row. */
function randomPage(scope: Scope, random: SeededRandom) {
  const filter = () =>
    random.pick([
      "eq(name,add)",
      "ne(name,add)",
      "contains(name,a)",
      "value_in(phase,RUNNING;SUCCEEDED)",
      "ne(phase,RUNNING)",
      "gt(created_at,2024-01-01T00:00:00Z)",
      "gte(duration,1s)",
      "eq(duration,1d)",
      "eq(launch_plan.name,plan)",
      `eq(execution_tag.key,${tagOf(scope)})`,
      "eq(state,0)",
      "EQ(name,add)",
      "eq(name)",
      "abc",
      "like(name,a)",
    ]);
  const key = random.pick(["id", "id", "id", "created_at", "name", "nope"]);
  return {
    limit: random.pick([1, 5, 100, 100, 0]),
    token: random.pick(["", "", "", "2", "x", "-1"]),
    filters: random.pick(["", filter(), `${filter()}+${filter()}`]),
    ...(random.chance(0.9) ? { sortBy: { key, direction: random.below(2) } } : {}),
  };
}
