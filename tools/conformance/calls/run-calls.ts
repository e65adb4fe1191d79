import type { MessageInitShape } from "@bufbuild/protobuf";
import { ResourceType } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import {
  ExecutionError_ErrorKind,
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "flyte-admin-client/gen/flyteidl/core/execution_pb";
import {
  type ExecutionSpecSchema,
  ExecutionState,
} from "flyte-admin-client/gen/flyteidl/admin/execution_pb";
import { SimpleType } from "flyte-admin-client/gen/flyteidl/core/types_pb";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
import { SignalService } from "flyte-admin-client/gen/flyteidl/service/signal_pb";

import type { SeededRandom } from "../random.js";
import { call, type PlannedCall } from "./planned-call.js";
import {
  attemptId,
  eventTime,
  executionId,
  integer,
  literals,
  nodeId,
  type Scope,
  tagOf,
  text,
  variable,
  versionId,
} from "./world.js";

const { method } = AdminService;

const workflowPhases = [
  WorkflowExecution_Phase.UNDEFINED,
  WorkflowExecution_Phase.QUEUED,
  WorkflowExecution_Phase.RUNNING,
  WorkflowExecution_Phase.SUCCEEDING,
  WorkflowExecution_Phase.SUCCEEDED,
  WorkflowExecution_Phase.FAILING,
  WorkflowExecution_Phase.FAILED,
  WorkflowExecution_Phase.ABORTED,
  WorkflowExecution_Phase.TIMED_OUT,
] as const;

const nodePhases = [
  NodeExecution_Phase.UNDEFINED,
  NodeExecution_Phase.QUEUED,
  NodeExecution_Phase.RUNNING,
  NodeExecution_Phase.SUCCEEDED,
  NodeExecution_Phase.FAILED,
  NodeExecution_Phase.SKIPPED,
  NodeExecution_Phase.DYNAMIC_RUNNING,
  NodeExecution_Phase.RECOVERED,
] as const;

const taskPhases = [
  TaskExecution_Phase.QUEUED,
  TaskExecution_Phase.RUNNING,
  TaskExecution_Phase.SUCCEEDED,
  TaskExecution_Phase.FAILED,
  TaskExecution_Phase.ABORTED,
  TaskExecution_Phase.WAITING_FOR_RESOURCES,
] as const;

type SpecInit = Omit<MessageInitShape<typeof ExecutionSpecSchema>, "$typeName" | "$unknown">;

/** An execution of a launch plan or of a task, with what its spec has besides. */
export function createExecution(
  scope: Scope,
  name: string,
  launched = versionId(ResourceType.LAUNCH_PLAN, scope, "plan"),
  inputs = literals({ s: text("a") }),
  spec: SpecInit = {},
): PlannedCall {
  return call(method.createExecution, {
    ...scope,
    name,
    inputs,
    spec: { launchPlan: launched, ...spec },
  });
}

/** An event of an execution. */
export function workflowEvent(
  scope: Scope,
  execution: string,
  phase: WorkflowExecution_Phase,
  seconds: number,
  producerId = "",
): PlannedCall {
  return call(method.createWorkflowEvent, {
    event: {
      executionId: executionId(scope, execution),
      phase,
      occurredAt: eventTime(seconds),
      producerId,
      ...outputOf(
        phase === WorkflowExecution_Phase.SUCCEEDED,
        phase === WorkflowExecution_Phase.FAILED,
      ),
    },
  });
}

/** An event of a node. */
export function nodeEvent(
  scope: Scope,
  execution: string,
  node: string,
  phase: NodeExecution_Phase,
  seconds: number,
): PlannedCall {
  return call(method.createNodeEvent, {
    event: {
      id: nodeId(scope, execution, node),
      phase,
      occurredAt: eventTime(seconds),
      specNodeId: node,
      nodeName: node,
      eventVersion: 1,
      ...outputOf(phase === NodeExecution_Phase.SUCCEEDED, phase === NodeExecution_Phase.FAILED),
    },
  });
}

/** An event of an attempt. */
export function taskEvent(
  scope: Scope,
  execution: string,
  node: string,
  phase: TaskExecution_Phase,
  seconds: number,
  retryAttempt = 0,
): PlannedCall {
  const { taskId, nodeExecutionId } = attemptId(scope, execution, node);
  return call(method.createTaskEvent, {
    event: {
      ...(taskId === undefined ? {} : { taskId }),
      ...(nodeExecutionId === undefined ? {} : { parentNodeExecutionId: nodeExecutionId }),
      retryAttempt,
      phase,
      occurredAt: eventTime(seconds),
      taskType: "python-task",
      eventVersion: 1,
      ...outputOf(phase === TaskExecution_Phase.SUCCEEDED, phase === TaskExecution_Phase.FAILED),
    },
  });
}

/** A random launch, event, signal or change of an execution. */
export function randomRun(random: SeededRandom, scope: Scope, step: number): PlannedCall {
  const execution = `run${random.below(8)}`;
  const node = random.pick(["n0", "n1", "dyn", "n%"]);
  const seconds = step;
  switch (random.below(9)) {
    case 0:
    case 1:
      return randomLaunch(random, scope, execution);
    case 2:
      return workflowEvent(
        scope,
        execution,
        random.pick(workflowPhases),
        seconds,
        random.pick(["", "", "c1", "propeller"]),
      );
    case 3:
    case 4:
      return nodeEvent(scope, execution, node, random.pick(nodePhases), seconds);
    case 5:
      return taskEvent(scope, execution, node, random.pick(taskPhases), seconds, random.below(2));
    case 6:
      return randomSignal(random, scope, execution);
    case 7:
      return call(method.updateExecution, {
        id: executionId(scope, execution),
        state: random.pick([ExecutionState.EXECUTION_ACTIVE, ExecutionState.EXECUTION_ARCHIVED]),
      });
    default:
      return randomEnd(random, scope, execution, step);
  }
}

function randomLaunch(random: SeededRandom, scope: Scope, name: string): PlannedCall {
  const { LAUNCH_PLAN, TASK, WORKFLOW } = ResourceType;
  const launched = random.pick([
    versionId(LAUNCH_PLAN, scope, "plan"),
    versionId(LAUNCH_PLAN, scope, "plan"),
    versionId(LAUNCH_PLAN, scope, "chain"),
    versionId(TASK, scope, "add"),
    versionId(TASK, scope, "nope"),
    versionId(WORKFLOW, scope, "chain"),
  ]);
  const inputs = random.pick([
    literals({ s: text("a") }),
    literals({ s: text("a"), x: integer(1) }),
    literals({ s: integer(1) }),
    literals({ zz: integer(1), s: text("a") }),
    literals({}),
  ]);
  const spec = random.pick<SpecInit>([
    {},
    { tags: [tagOf(scope)] },
    { tags: [tagOf(scope), tagOf(scope)] },
    { labels: { values: { team: "a" } } },
    { labels: { values: { "bad key!": "x" } } },
    { maxParallelism: 5 },
    { executionClusterLabel: { value: "other" } },
    { clusterAssignment: { clusterPoolName: "other" } },
  ]);
  const wanted = random.chance(0.85) ? name : random.pick(["1abc", "bad_name", "a".repeat(70)]);
  return createExecution(scope, wanted, launched, inputs, spec);
}

function randomSignal(random: SeededRandom, scope: Scope, execution: string): PlannedCall {
  const id = { signalId: random.pick(["go", "stop"]), executionId: executionId(scope, execution) };
  if (random.chance(0.4)) {
    const { type } = variable(random.pick([SimpleType.BOOLEAN, SimpleType.INTEGER]));
    return call(SignalService.method.getOrCreateSignal, { id, type });
  }
  return call(SignalService.method.setSignal, {
    id,
    value: random.pick([integer(1), text("a")]),
  });
}

function randomEnd(
  random: SeededRandom,
  scope: Scope,
  execution: string,
  step: number,
): PlannedCall {
  const id = executionId(scope, execution);
  switch (random.below(3)) {
    case 0:
      return call(method.terminateExecution, { id, cause: random.pick(["", "enough"]) });
    case 1:
      return call(method.relaunchExecution, { id, name: `again${step}` });
    default:
      return call(method.recoverExecution, { id, name: `recovered${step}` });
  }
}

function outputOf(succeeded: boolean, failed: boolean) {
  if (succeeded) {
    return { outputResult: { case: "outputData" as const, value: literals({ o0: integer(7) }) } };
  }
  if (!failed) return {};
  const value = { code: "USER:Error", message: "it broke", kind: ExecutionError_ErrorKind.USER };
  return { outputResult: { case: "error" as const, value } };
}
