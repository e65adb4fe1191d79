import { parseArgs } from "node:util";

import { type AdminClient, isFlyteError, logsOf, phaseOf } from "flyte-admin-client";

const usage = "usage: list [--limit N] | get NAME | logs NAME | terminate NAME --cause TEXT";

/** A command line over executions. */
export async function run(admin: AdminClient, args: readonly string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { limit: { type: "string", default: "10" }, cause: { type: "string" } },
  });
  const [command = "list", name = ""] = positionals;
  try {
    switch (command) {
      case "list":
        for await (const execution of admin.executions.list({}, { limit: Number(values.limit) })) {
          console.log(execution.id?.name, phaseOf(execution));
        }
        return;
      case "get":
        console.log(name, phaseOf(await admin.executions.get({ name })));
        return;
      case "logs":
        for await (const attempt of admin.taskExecutions.listForExecution({ name })) {
          for (const log of logsOf(attempt)) console.log(log.name, log.uri);
        }
        return;
      case "terminate":
        await admin.executions.terminate({ name }, { cause: values.cause ?? "from the shell" });
        console.log("terminated", name);
        return;
      default:
        console.log(usage);
    }
  } catch (error) {
    if (!isFlyteError(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
