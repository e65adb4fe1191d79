import {
  ResourceType,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import type { LiteralMap } from "../../../gen/flyteidl/core/literals_pb.js";
import type { RerunLoss } from "../../executions/index.js";
import { jsonToLiterals } from "../../values/forms/index.js";
import { formatId } from "../../values/identifiers/index.js";
import { toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { jsonText, oneLine } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { readInputJson } from "./launch-inputs.js";
import { readDeclaredInputs, readLaunchTarget, variableMap } from "./launch-target.js";
import { readExecutionId } from "./targets.js";
import { waitForEnd } from "./wait.js";
import { type CommandClient, withAdmin } from "./with-admin.js";
import { outputOf } from "./write-rows.js";

/** Launches a launch plan or a task. */
export function runLaunch(context: CliContext, args: ArgsOf<"launch">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const target = readLaunchTarget(client, args.target);
    const declared = await readDeclaredInputs(client, target, args.task);
    const json = await readInputJson(context, args, declared.variables);
    const { literals: inputs } = jsonToLiterals(json, declared.interface);
    const { project, domain } = { ...target, ...scopeOf(args) };
    const name = args.name;
    const launch = { ...declared.request, project, domain, name, inputs };
    const id = await admin.executions.launch(launch, call);
    await writeStarted(context, client, id, args);
  });
}

/** The scope that options give: an execution may run elsewhere than its launch plan is. */
function scopeOf({ project, domain }: ArgsOf<"launch">): {
  readonly project?: string;
  readonly domain?: string;
} {
  return { ...(project !== undefined && { project }), ...(domain !== undefined && { domain }) };
}

/** Runs an execution again, with other inputs or another version where these are given. */
export function runRelaunch(context: CliContext, args: ArgsOf<"relaunch">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { name, overwriteCache, version } = args;
    const { admin, call } = client;
    const source = readExecutionId(client, args.execution);
    if (args.input.length === 0 && args.inputs === undefined && version === undefined) {
      const id = await admin.executions.relaunch(source, { name, overwriteCache }, call);
      await writeStarted(context, client, id, args);
      return;
    }
    const inputs = await changedInputs(context, client, source, args);
    const rerun = { name, overwriteCache, version, inputs };
    const { id, dropped } = await admin.executions.rerun(source, rerun, call);
    for (const loss of dropped) {
      context.process.stderr.write(`${oneLine(`not carried over: ${describeLoss(loss)}`)}\n`);
    }
    await writeStarted(context, client, id, args);
  });
}

/** The inputs that change, by the types that the version to run declares. */
async function changedInputs(
  context: CliContext,
  client: CommandClient,
  source: WorkflowExecutionIdentifier,
  args: ArgsOf<"relaunch">,
): Promise<LiteralMap["literals"]> {
  const { spec } = await client.admin.executions.get(source, client.call);
  const ran = spec?.launchPlan;
  if (ran === undefined) return {};
  const target = { ...ran, version: args.version ?? ran.version };
  const isTask = ran.resourceType === ResourceType.TASK;
  const { variables } = await readDeclaredInputs(client, target, isTask);
  const json = await readInputJson(context, args, variables);
  const changed = Object.entries(variables).filter(([name]) => Object.hasOwn(json, name));
  return jsonToLiterals(json, variableMap(Object.fromEntries(changed))).literals;
}

function describeLoss(loss: RerunLoss): string {
  switch (loss.kind) {
    case "unknownInput":
      return `input ${loss.name}, which this version does not have`;
    case "fixedInput":
      return `input ${loss.name}, which the launch plan fixes`;
    case "parentNode":
      return `the node that launched it, ${formatId(loss.nodeExecutionId)}`;
  }
}

/** Runs an execution again from where it failed. */
export function runRecover(context: CliContext, args: ArgsOf<"recover">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { name } = args;
    const id = await client.admin.executions.recover(
      readExecutionId(client, args.execution),
      { name },
      client.call,
    );
    await writeStarted(context, client, id, args);
  });
}

interface StartArgs {
  readonly wait: boolean;
  readonly timeoutMs: number | undefined;
  readonly json: boolean;
}

/** Writes the name of a new execution; with `--wait` its end in place of it. */
async function writeStarted(
  context: CliContext,
  client: CommandClient,
  id: WorkflowExecutionIdentifier,
  args: StartArgs,
): Promise<void> {
  if (!args.wait) {
    await outputOf(context).writeLine(args.json ? jsonText(toJson(id)) : oneLine(id.name));
    return;
  }
  context.process.stderr.write(`${oneLine(id.name)}\n`);
  await waitForEnd(context, client, id, args);
}
