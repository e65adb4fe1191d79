import { create } from "@bufbuild/protobuf";

import {
  type Variable,
  type VariableMap,
  VariableMapSchema,
} from "../../../gen/flyteidl/core/interface_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import type { FormInterface } from "../../values/forms/index.js";
import { launchPlanId } from "../../values/identifiers/index.js";
import { type CommandClient, requireDefaults } from "./with-admin.js";

/** The launch plan or the task that a command names. */
export interface LaunchTarget {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Reads `NAME[@VERSION]`, with `project/domain/` before it or not, or the slash form of an id.
 *
 * @throws InvalidIdentifierError for another text
 */
export function readLaunchTarget({ admin }: CommandClient, text: string): LaunchTarget {
  const parts = text.split("/");
  if (parts.length === 4) {
    const { project, domain, name, version } = launchPlanId(text);
    return { project, domain, name, version };
  }
  const at = text.lastIndexOf("@");
  const version = at === -1 ? undefined : text.slice(at + 1);
  const path = at === -1 ? text : text.slice(0, at);
  if (version === "" || path === "") {
    throw new InvalidIdentifierError(
      `${JSON.stringify(text)} must be a name, or a name and a version such as core.flows.train@v12.`,
      { path: "target" },
    );
  }
  if (path.includes("/")) {
    // The version is there to use the one parser of ids; a launch without one takes the active version.
    const { project, domain, name } = launchPlanId(`${path}/-`);
    return { project, domain, name, version };
  }
  requireDefaults(admin);
  const { project = "", domain = "" } = admin.connection.defaults;
  return { project, domain, name: path, version };
}

/** The target of a launch as `launch` takes it, and the inputs that it declares. */
export interface ReadTarget {
  readonly request:
    | { readonly launchPlan: LaunchTarget }
    | { readonly task: LaunchTarget & { readonly version: string } };
  readonly interface: FormInterface;
  readonly variables: Readonly<Record<string, Variable>>;
}

/**
 * Reads the inputs that a launch plan or a task declares.
 *
 * @throws InvalidIdentifierError for a task without a version; NotFoundError
 */
export async function readDeclaredInputs(
  { admin, call }: CommandClient,
  target: LaunchTarget,
  isTask: boolean,
): Promise<ReadTarget> {
  const { version } = target;
  if (isTask) {
    if (version === undefined) {
      throw new InvalidIdentifierError(
        `A task is launched by its version: ${target.name}@VERSION.`,
        { path: "version" },
      );
    }
    const task = { ...target, version };
    const { closure } = await admin.tasks.get(task, call);
    const variables = closure?.compiledTask?.template?.interface?.inputs?.variables ?? {};
    return { request: { task }, interface: variableMap(variables), variables };
  }
  const plan =
    version === undefined
      ? await admin.launchPlans.getActive(target, call)
      : await admin.launchPlans.get({ ...target, version }, call);
  const parameters = Object.entries(plan.closure?.expectedInputs?.parameters ?? {});
  const variables = Object.fromEntries(
    parameters.flatMap(([name, { var: variable }]) =>
      variable === undefined ? [] : [[name, variable]],
    ),
  );
  // The version that was read is launched, whichever is active by then.
  return {
    request: { launchPlan: { ...target, version: plan.id?.version ?? version } },
    interface: plan,
    variables,
  };
}

/** An interface of variables that all are required. */
export function variableMap(variables: Readonly<Record<string, Variable>>): VariableMap {
  return create(VariableMapSchema, { variables });
}
