import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { InMemoryFlyteAdmin, type ListeningServer } from "../../src/testing.js";
import { type Cli, createCli } from "./cli-process.js";
import { linesOf, parseJson } from "./world.js";

const secret = "s3cr3t-of-the-tests";

describe("the set-up of the command line", () => {
  let cli: Cli;
  let server: ListeningServer;

  beforeAll(async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    server = await flyte.listen();
    cli = createCli();
    mkdirSync(join(cli.home, ".flyte"));
    writeFileSync(
      join(cli.home, ".flyte", "config.yaml"),
      [
        "admin:",
        `  endpoint: ${server.grpcUrl}`,
        "  authType: ClientSecret",
        "  clientId: robot",
        `  clientSecret: ${secret}`,
        `  headers: { x-tenant: ${secret} }`,
        "project: flytesnacks",
        "domain: development",
        "",
      ].join("\n"),
    );
  });

  afterAll(async () => {
    cli.dispose();
    await server.close();
  });

  test("config names the place of each setting, and no secret", async () => {
    const run = await cli.run(["config", "--domain=staging"], {
      env: { FLYTE_PLATFORM_RPC_RETRIES: "2", FLYTE_CREDENTIALS_CLIENT_ID: "other" },
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout + run.stderr).not.toContain(secret);
    const rows = linesOf(run.stdout).map((line) => line.split(/ {2,}/));
    const file = join(cli.home, ".flyte", "config.yaml");
    expect(rows).toEqual(
      expect.arrayContaining([
        ["SETTING", "VALUE", "SOURCE"],
        ["configFile", file, "default"],
        ["endpoint", server.grpcUrl, `admin.endpoint in ${file}`],
        ["clientId", "other", "environment variable FLYTE_CREDENTIALS_CLIENT_ID"],
        ["clientSecret", "set (not shown)", `admin.clientSecret in ${file}`],
        ["headers", "set (not shown)", `admin.headers in ${file}`],
        ["command", "not set"],
        ["maxRetries", "2", "environment variable FLYTE_PLATFORM_RPC_RETRIES"],
        ["project", "flytesnacks", `project in ${file}`],
        ["domain", "staging", "option"],
      ]),
    );
  });

  test("reads the config file that FLYTECTL_CONFIG or the option names", async () => {
    const file = join(cli.home, "other.yaml");
    writeFileSync(file, "admin: { endpoint: dns:///flyte.example.com }\n");
    for (const run of [
      await cli.run(["config", "--json"], { env: { FLYTECTL_CONFIG: file } }),
      await cli.run(["config", "--json", "--config", file]),
    ]) {
      const rows = linesOf(run.stdout).map(parseJson);
      expect(rows).toContainEqual({
        setting: "endpoint",
        value: "https://flyte.example.com",
        source: `admin.endpoint in ${file}`,
      });
    }
  });

  test("names the option, the variable and the key where there is no project", async () => {
    const file = join(cli.home, "bare.yaml");
    writeFileSync(file, `admin: { endpoint: "${server.grpcUrl}" }\n`);
    const run = await cli.run(["executions", "--config", file]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toBe(
      "error: There is no project. Give --project, set FLYTE_PROJECT, or set project in the config file.\n",
    );
  });

  test("whoami shows the server, over either wire", async () => {
    const grpc = await cli.run(["whoami"]);
    expect([grpc.exitCode, grpc.stderr]).toEqual([0, ""]);
    expect(linesOf(grpc.stdout)[0]).toBe(`server   ${server.grpcUrl}`);
    const rest = await cli.run(["whoami", "--json", "--wire=rest", `--endpoint=${server.httpUrl}`]);
    expect(JSON.parse(rest.stdout)).toMatchObject({
      endpoint: server.httpUrl,
      authentication: false,
    });
  });

  test("a server that cannot be reached ends with 3", async () => {
    const closed = await new InMemoryFlyteAdmin().listen();
    await closed.close();
    const run = await cli.run(["executions", `--endpoint=${closed.grpcUrl}`]);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/^error: /);
  });

  test("a token that is refused ends with 4, and is not shown", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], signIn: {} });
    const guarded = await flyte.listen();
    try {
      const run = await cli.run(["executions", `--endpoint=${guarded.grpcUrl}`]);
      expect(run.exitCode).toBe(4);
      expect(run.stdout + run.stderr).not.toContain(secret);
    } finally {
      await guarded.close();
    }
  });

  test.each([
    [["execution"], "executions"],
    [["executions", "--limits", "3"], "--limit"],
    [["executions", "--limit", "0"], "--limit"],
    [["wait"], "EXECUTION"],
    [["wait", "x", "--timeout=soon"], "90s"],
    [["terminate", "x"], "--cause"],
    [["get", "a/b"], "1 or 3"],
    [["executions", "--order-by=phse"], "Use phase."],
  ])("refuses %j with 2, and says what would be right", async (args, words) => {
    const run = await cli.run(args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(words);
    expect(run.stdout).toBe("");
  });

  test("every command has help with an example", async () => {
    const { stdout } = await cli.run(["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)]
      .map(([, name]) => name ?? "")
      .filter((name) => name !== "help" && name !== "completion");
    expect(commands.length).toBeGreaterThanOrEqual(17);
    for (const name of commands) {
      const help = await cli.run([name, "--help"]);
      expect([name, help.exitCode, help.stderr]).toEqual([name, 0, ""]);
      expect(help.stdout).toMatch(new RegExp(`Examples:\\n {2}flyte-admin ${name}`));
    }
  });

  test("prints its version, which is the package's", async () => {
    const run = await cli.run(["--version"]);
    const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    expect(parseJson(manifest)).toMatchObject({ version: run.stdout.trimEnd() });
  });

  describe("completion", () => {
    test.each(["bash", "zsh", "fish"])("has a script for %s", async (shell) => {
      const run = await cli.run(["completion", shell]);
      expect([run.exitCode, run.stderr]).toEqual([0, ""]);
      expect(run.stdout).toContain("flyte-admin");
    });

    test.each([
      ["flyte-admin att", ["attempts"]],
      ["flyte-admin executions --order", ["--order-by"]],
      ["flyte-admin attempts x --where ph", ["phase", "phaseVersion"]],
      ["flyte-admin executions --where phase=FA", ["phase=FAILING", "phase=FAILED"]],
      ["flyte-admin executions --wire r", ["rest"]],
    ])("completes %s in bash", async (line, expected) => {
      const words = line.split(" ");
      const run = await cli.shell(
        `source <(flyte-admin completion bash); COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; COMP_LINE='${line}'; COMP_POINT=${line.length}; $(complete -p flyte-admin | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
      expect(run.stderr).toBe("");
      expect(linesOf(run.stdout).map((reply) => reply.trim())).toEqual(expected);
    });
  });
});

describe("the library", () => {
  test("imports nothing of the command line", () => {
    const source = new URL("../../src/", import.meta.url);
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !path.startsWith("cli/"),
    );
    expect(files.length).toBeGreaterThan(300);
    const guilty = files.filter((path) =>
      /from "(?:@optique\/|(?:\.{1,2}\/)+cli\/)/.test(readFileSync(new URL(path, source), "utf8")),
    );
    expect(guilty).toEqual([]);
  });
});
