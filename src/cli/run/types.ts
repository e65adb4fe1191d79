import { readFile, writeFile } from "node:fs/promises";

import { generateTypes } from "../../codegen/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import type { CliContext } from "../cli-context.js";
import { exitCodes } from "../exit-codes.js";
import { manyLines, oneLine, Progress } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { requireDefaults, withAdmin } from "./with-admin.js";
import { outputOf } from "./write-rows.js";

/** Generates TypeScript types of launch plans, or checks that a file has them. */
export function runTypes(context: CliContext, args: ArgsOf<"types">): Promise<void> {
  const { launchPlans, out, check } = args;
  if (check && out === undefined) {
    throw new InvalidOptionError("--check compares a file. Name it with --out.", { option: "out" });
  }
  return withAdmin(context, args, async ({ admin, call }) => {
    requireDefaults(admin);
    const progress = new Progress(context.process.stderr);
    progress.show("reading launch plans");
    const query = launchPlans.length === 0 ? {} : { launchPlans };
    const text = await generateTypes(admin.connection, query, call).finally(() => {
      progress.clear();
    });
    if (out === undefined) {
      const output = outputOf(context);
      await output.writeLine(output.isTerminal ? manyLines(text) : text.trimEnd());
      return;
    }
    const current = await readFile(out, "utf8").catch(() => undefined);
    if (current === text) return;
    if (!check) {
      await writeFile(out, text);
      return;
    }
    const fault = current === undefined ? "is not there" : "is not up to date";
    context.process.stderr.write(
      `error: ${oneLine(out)} ${fault}. Run the same command without --check, and commit the file.\n`,
    );
    context.process.exitCode = exitCodes.error;
  });
}
