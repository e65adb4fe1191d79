import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { toJson } from "../../values/json/index.js";
import type { CliContext } from "../cli-context.js";
import { jsonText, oneLine } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { readInputJson } from "./launch-inputs.js";
import { readDeclaredInputs, readLaunchTarget } from "./launch-target.js";
import { readExecutionId } from "./targets.js";
import { waitForEnd } from "./wait.js";
import { type CommandClient, withAdmin } from "./with-admin.js";
import { outputOf } from "./write-rows.js";

/** Launches a launch plan or a task. */
export function runLaunch(context: CliContext, args: ArgsOf<"launch">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { admin, call } = client;
    const target = readLaunchTarget(client, args.target);
    const { request, variables } = await readDeclaredInputs(client, target, args.task);
    const values = await readInputJson(context, args, variables);
    const { project, domain } = { ...target, ...scopeOf(args) };
    const name = args.name;
    const id = await admin.executions.launch({ ...request, project, domain, name, values }, call);
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

/** Runs an execution again. */
export function runRelaunch(context: CliContext, args: ArgsOf<"relaunch">): Promise<void> {
  return withAdmin(context, args, async (client) => {
    const { name, overwriteCache } = args;
    const id = await client.admin.executions.relaunch(
      readExecutionId(client, args.execution),
      { name, overwriteCache },
      client.call,
    );
    await writeStarted(context, client, id, args);
  });
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
