import { ResourceType } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import { Resources_ResourceName } from "flyte-admin-client/gen/flyteidl/core/tasks_pb";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";

import type { SeededRandom } from "../random.js";
import { call, type PlannedCall } from "./planned-call.js";
import { integer, literals, type Scope, text, typedInterface, versionId } from "./world.js";

const { method } = AdminService;
const { TASK, WORKFLOW, LAUNCH_PLAN } = ResourceType;

/** A task that runs. */
export function createTask(
  scope: Scope,
  name: string,
  version = "v1",
  image = "img:1",
): PlannedCall {
  return call(method.createTask, taskInit(scope, name, version, { image, args: ["run"] }));
}

/** A workflow of two nodes that run a task, one after the other. */
export function createWorkflow(
  scope: Scope,
  name: string,
  version = "v1",
  task = "add",
): PlannedCall {
  const node = (id: string) => ({
    id,
    metadata: { name: id },
    upstreamNodeIds: id === "n0" ? [] : ["n0"],
    inputs: ["x", "s"].map((input) => ({ var: input, binding: promise("", input) })),
    target: {
      case: "taskNode" as const,
      value: { reference: { case: "referenceId" as const, value: versionId(TASK, scope, task) } },
    },
  });
  const id = versionId(WORKFLOW, scope, name, version);
  return call(method.createWorkflow, {
    id,
    spec: {
      template: {
        id,
        metadata: {},
        interface: typedInterface,
        nodes: [node("n0"), node("n1")],
        outputs: [{ var: "o0", binding: promise("n1", "o0") }],
      },
    },
  });
}

/** A launch plan that leaves `s` open. */
export function createLaunchPlan(
  scope: Scope,
  name: string,
  version = "v1",
  workflow = "chain",
): PlannedCall {
  return call(method.createLaunchPlan, {
    id: versionId(LAUNCH_PLAN, scope, name, version),
    spec: {
      workflowId: versionId(WORKFLOW, scope, workflow),
      fixedInputs: literals({ x: integer(3) }),
    },
  });
}

/** A random registration; some are wrong, and some repeat what is there. */
export function randomRegistration(random: SeededRandom, scope: Scope): PlannedCall {
  const name = random.pick(["add", "sum", "odd name", "ns.deep.task", "täsk"]);
  const version = random.pick(["v1", "v1", "v2", "v3"]);
  switch (random.below(4)) {
    case 0:
      return createTask(scope, name, version, random.pick(["img:1", "img:2"]));
    case 1:
      return strangeTask(random, scope, version);
    case 2:
      return createWorkflow(
        scope,
        random.pick(["chain", "other"]),
        version,
        random.pick(["add", "add", "sum", "nope"]),
      );
    default:
      return strangeLaunchPlan(random, scope, version);
  }
}

function strangeTask(random: SeededRandom, scope: Scope, version: string): PlannedCall {
  const entry = (value: string) => ({ name: Resources_ResourceName.CPU, value });
  const quantity = random.pick(["1", "500m", "2", "4", "abc", "1Ki"]);
  const resources = random.pick([
    { requests: [entry(quantity)] },
    { requests: [entry("2")], limits: [entry(quantity)] },
    { requests: [entry("1"), entry(quantity)] },
    { limits: [entry(quantity)] },
  ]);
  const init = taskInit(scope, `strange_${quantity}`, version, {
    image: random.pick(["img:1", "img:1", ""]),
    args: random.chance(0.9) ? ["run"] : [],
    resources,
  });
  return call(method.createTask, init);
}

function strangeLaunchPlan(random: SeededRandom, scope: Scope, version: string): PlannedCall {
  const schedule = random.pick(["0 * * * *", "* *", "99 * * * *", "@daily", "@nope"]);
  const scheduled = {
    schedule: { ScheduleExpression: { case: "cronSchedule" as const, value: { schedule } } },
  };
  return call(method.createLaunchPlan, {
    id: versionId(LAUNCH_PLAN, scope, random.pick(["plan", "timed"]), version),
    spec: {
      workflowId: versionId(WORKFLOW, scope, random.pick(["chain", "chain", "nope"])),
      fixedInputs: random.pick([
        literals({ x: integer(1), s: text("a") }),
        literals({ x: text("a"), s: text("a") }),
        literals({ zz: integer(1) }),
      ]),
      ...(random.chance(0.5) ? { entityMetadata: scheduled } : {}),
    },
  });
}

function taskInit(scope: Scope, name: string, version: string, container: object) {
  const id = versionId(TASK, scope, name, version);
  return {
    id,
    spec: {
      template: {
        id,
        type: "python-task",
        metadata: { runtime: { version: "1" }, retries: { retries: 2 } },
        interface: typedInterface,
        target: { case: "container" as const, value: container },
      },
    },
  };
}

function promise(node: string, name: string) {
  return { value: { case: "promise" as const, value: { nodeId: node, var: name } } };
}
