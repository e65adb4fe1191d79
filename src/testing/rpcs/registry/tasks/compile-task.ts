import { clone, create } from "@bufbuild/protobuf";

import {
  type CompiledTask,
  CompiledTaskSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  SecretSchema,
  SecurityContextSchema,
} from "../../../../../gen/flyteidl/core/security_pb.js";
import {
  type Container,
  type K8sPod,
  type Resources,
  Resources_ResourceNameSchema,
  type TaskTemplate,
  TaskTemplateSchema,
} from "../../../../../gen/flyteidl/core/tasks_pb.js";
import { invalidArgument } from "../../../server-errors.js";
import { dnsLabelProblems, enumName } from "../checks/index.js";
import { parseQuantity } from "./quantity.js";
import { jsonObject } from "./task-resources.js";

/** The secret that a task which launches others by itself gets. */
const eagerSecret = "EAGER_API_KEY";

/**
 * Compiles a task: it becomes the template under its own identifier.
 * @throws INVALID_ARGUMENT with all that is wrong with its container or pod
 */
export function compileTask(requested: TaskTemplate, id: Identifier): CompiledTask {
  const template = clone(TaskTemplateSchema, requested);
  template.id = id;
  const problems = [...new Set(targetProblems(template))].sort();
  if (problems.length > 0) {
    const lines = problems.map((problem, index) => `\tError ${index}: ${problem}\n`);
    throw invalidArgument(
      `task failed compilation with Collected Errors: ${problems.length}\n${lines.join("")}`,
    );
  }
  if (template.metadata?.isEager === true) addEagerSecret(template);
  return create(CompiledTaskSchema, { template });
}

function targetProblems(template: TaskTemplate): readonly string[] {
  const { target } = template;
  switch (target.case) {
    case "container":
      return containerProblems(template, target.value);
    case "k8sPod":
      return podProblems(target.value);
    default:
      return [];
  }
}

function containerProblems(
  { interface: typed }: TaskTemplate,
  { command, args, image, resources }: Container,
): readonly string[] {
  const hasVariables = [typed?.inputs, typed?.outputs].some(
    (map) => Object.keys(map?.variables ?? {}).length > 0,
  );
  const problems: string[] = [];
  if (hasVariables && command.length + args.length === 0) {
    problems.push(problemText("ValueRequired", "container", "Value required [command]."));
  }
  if (image === "") {
    problems.push(problemText("ValueRequired", "container", "Value required [image]."));
  }
  return [...problems, ...quantityProblems(resources)];
}

function quantityProblems(resources: Resources | undefined): readonly string[] {
  const entries = [...(resources?.requests ?? []), ...(resources?.limits ?? [])];
  return entries
    .filter(({ value }) => "problem" in parseQuantity(value))
    .map(({ name, value }) => {
      const owner = `resources.${enumName(Resources_ResourceNameSchema, name) ?? String(name)}`;
      return problemText("UnrecognizedValue", owner, `Unrecognized value [${value}].`);
    });
}

function podProblems({ podSpec }: K8sPod): readonly string[] {
  const containers = podSpec?.["containers"];
  if (!Array.isArray(containers)) return [];
  const names = containers.map((container) => jsonObject(container)["name"]);
  const isBad = names.some((name) => typeof name !== "string" || dnsLabelProblems(name).length > 0);
  return isBad
    ? [problemText("InvalidValue", "root", "Invalid value [k8s pod spec container name].")]
    : [];
}

function problemText(code: string, nodeId: string, description: string): string {
  return `Code: ${code}, Node Id: ${nodeId}, Description: ${description}`;
}

function addEagerSecret(template: TaskTemplate): void {
  template.securityContext ??= create(SecurityContextSchema);
  template.securityContext.secrets.push(create(SecretSchema, { key: eagerSecret }));
}
