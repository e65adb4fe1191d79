import { readFile, writeFile } from "node:fs/promises";
import { generateTypes } from "../../codegen/index.js";
import { FlyteError, InvalidOptionError } from "../../errors/index.js";
import { loadFlyteConfig, secretSettings } from "../../node/config/index.js";
import { toJson } from "../../values/index.js";
import type { CliContext } from "../cli-context.js";
import { exitCodes } from "../exit-codes.js";
import { jsonText, manyLines, oneLine, Progress } from "../output/index.js";
import type { ArgsOf } from "../parser.js";
import { configOverrides, requireDefaults, withAdmin } from "./with-admin.js";
import { outputOf, writeRows } from "./write-rows.js";

/** Shows the caller and the server. */
export function runWhoami(context: CliContext, args: ArgsOf<"whoami">): Promise<void> {
  return withAdmin(context, args, async ({ admin, call }) => {
    const output = outputOf(context);
    const server = await admin.identity.getServerVersion(call);
    const user = await admin.identity.getUserInfo(call).catch((error: unknown) => {
      // The server has no identity service where authentication is off.
      if (error instanceof FlyteError && error.code === "UNIMPLEMENTED") return undefined;
      throw error;
    });
    const endpoint = admin.explain().find(({ setting }) => setting === "endpoint")?.value ?? "";
    if (args.json) {
      const json = {
        endpoint,
        serverVersion: server?.Version ?? "",
        authentication: user !== undefined,
        ...(user !== undefined && { user: toJson(user) }),
      };
      await output.writeLine(jsonText(json));
      return;
    }
    const facts: readonly (readonly [string, string])[] = [
      ["server", endpoint],
      ["version", server?.Version ?? ""],
      ...(user === undefined
        ? [["user", "authentication is off"] as const]
        : ([
            ["subject", user.subject],
            ["name", user.name || user.preferredUsername],
            ["email", user.email],
          ] as const)),
    ];
    for (const [name, value] of facts) {
      if (value !== "") await output.writeLine(`${name.padEnd(9)}${oneLine(value)}`);
    }
  });
}

interface SettingRow {
  readonly setting: string;
  readonly value: string;
  readonly source: string;
}

/** Explains the configuration. */
export async function runConfig(context: CliContext, args: ArgsOf<"config">): Promise<void> {
  const config = await loadFlyteConfig(configOverrides(args), {
    configFile: args.config,
    env: context.process.env,
  });
  const explained = config.explain();
  const rows: SettingRow[] = [
    {
      setting: "configFile",
      value: config.file ?? "(none)",
      source: sourceOfFile(context, args.config, config.file),
    },
    ...explained.map(({ setting, value, source }) => ({
      setting,
      value: value === "(not shown)" ? "set (not shown)" : value,
      source,
    })),
    ...secretSettings()
      .filter((name) => !explained.some(({ setting }) => setting === name))
      .map((setting) => ({ setting, value: "not set", source: "" })),
  ];
  await writeRows<SettingRow>(context, asyncRows(rows), {
    columns: [
      { header: "SETTING", value: ({ setting }) => setting },
      { header: "VALUE", value: ({ value }) => value },
      { header: "SOURCE", value: ({ source }) => source },
    ],
    toJson: (row) => ({ ...row }),
    isJson: args.json,
    noun: "settings",
  });
}

function sourceOfFile(
  { process }: CliContext,
  option: string | undefined,
  file: string | undefined,
): string {
  if (option !== undefined) return "option";
  if (process.env["FLYTECTL_CONFIG"]) return "environment variable FLYTECTL_CONFIG";
  return file === undefined ? "~/.flyte/config.yaml is not there" : "default";
}

async function* asyncRows<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* await Promise.resolve(rows);
}

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
