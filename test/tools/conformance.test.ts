import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { AdminClient } from "../../src/index.js";
import { InMemoryFlyteAdmin, type InMemoryFlyteAdminOptions } from "../../src/testing.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AuthMetadataService } from "../../gen/flyteidl/service/auth_pb.js";
import { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { IdentityService } from "../../gen/flyteidl/service/identity_pb.js";
import { SignalService } from "../../gen/flyteidl/service/signal_pb.js";
import { call } from "../../tools/conformance/calls/planned-call.js";
import { randomCalls } from "../../tools/conformance/calls/random-calls.js";
import { walkCalls } from "../../tools/conformance/calls/walk.js";
import { compareAnswers } from "../../tools/conformance/compare.js";
import { conformanceOptions } from "../../tools/conformance/options.js";
import { cleanUp, play, type Player, playerOf, type Run } from "../../tools/conformance/play.js";
import { Recording } from "../../tools/conformance/recording.js";
import { replay } from "../../tools/conformance/replay.js";
import { runConformance } from "../../tools/conformance/run.js";

const scope = { project: "conformance", domain: "development", storage: "s3://my-s3-bucket" };
const startedMs = Date.now();

function playerFor(flyte: InMemoryFlyteAdmin): Player {
  return playerOf("grpc", new AdminClient({ transport: flyte.transport() }));
}

/** A run of an in-memory server with other settings against one as it is. */
function runAgainst(target: InMemoryFlyteAdmin, parts: Partial<Run> = {}) {
  return play({
    scope,
    seed: 7,
    calls: 150,
    targets: [playerFor(target)],
    inMemory: [playerFor(new InMemoryFlyteAdmin())],
    recording: undefined,
    isSignedIn: false,
    startedMs,
    ...parts,
  });
}

async function verdictsFor(options: InMemoryFlyteAdminOptions, seed = 7): Promise<Set<string>> {
  const target = new InMemoryFlyteAdmin(options);
  const { report } = await runAgainst(target, { seed, calls: 300 });
  return new Set(report.differences.map(({ rpc, verdict }) => `${rpc}: ${verdict}`));
}

describe("a run", () => {
  test("finds no difference between a server and itself", async () => {
    const { report } = await runAgainst(new InMemoryFlyteAdmin());
    expect(report.differences).toEqual([]);
    expect(report.counts.equal).toBeGreaterThan(250);
    expect(report.share).toBe(1);
    expect(report.toText()).toMatch(/answers equal \(100\.00 %\), codes equal in 100\.00 %/);
  });

  test("finds other data where a server has other settings", async () => {
    const found = await verdictsFor({ config: { maxParallelism: 9 } });
    expect(found).toContain("GetExecution: data");
    expect([...found].every((each) => each.endsWith(": data"))).toBe(true);
  });

  test("finds other codes and texts where a server checks otherwise", async () => {
    const limits = { cpu: "1", memory: "", gpu: "", ephemeralStorage: "" };
    const found = await verdictsFor({ config: { taskResourceLimits: limits } }, 4);
    expect(found).toContain("CreateTask: code");
    expect(found).toContain("CreateTask: text");
  });

  test("counts what differs by RPC, and lists each with its request and both answers", async () => {
    const target = new InMemoryFlyteAdmin();
    target.faults.add({ rpc: "GetTask", code: "PERMISSION_DENIED", message: "no" });
    const { report } = await runAgainst(target, { calls: 0 });
    expect(report.counts.code).toBe(2);
    expect(report.differences[0]).toMatchObject({
      rpc: "GetTask",
      verdict: "code",
      wire: "grpc",
      request: { id: { name: "add" } },
      target: { code: "PERMISSION_DENIED" },
      inMemory: { message: { id: { name: "add" } } },
    });
    expect(report.toText().split("\n")[1]).toMatch(/^GetTask +0 +2 +0 +0 +0$/);
  });

  test("ends what it launched and archives its own project", async () => {
    const target = new InMemoryFlyteAdmin();
    const player = playerFor(target);
    const { launched } = await runAgainst(target, { targets: [player], calls: 0 });
    expect(launched.map(({ name }) => name)).toEqual(["walk", "walkagain", "walkrecovered"]);
    await cleanUp(player, launched, scope.project);
    const { project, domain } = scope;
    const recovered = await player.client.executions.get({
      project,
      domain,
      name: "walkrecovered",
    });
    expect(recovered.closure?.outputResult.case).toBe("abortMetadata");
    const { state } = await player.client.rpc.admin.getProject({ id: scope.project });
    expect(state).toBe(1);
  });
});

describe("the calls", () => {
  test("of the walk are of every RPC", () => {
    const called = new Set(walkCalls(scope).map(({ method }) => method.name));
    const services = [
      AdminService,
      AuthMetadataService,
      DataProxyService,
      IdentityService,
      SignalService,
    ];
    const all = services.flatMap(({ methods }) => methods.map(({ name }) => name));
    expect(all.filter((name) => !called.has(name))).toEqual([]);
  });

  test("are the same for a seed, and others for another", () => {
    const texts = (seed: number) =>
      [...randomCalls(scope, seed, 50)].map(({ method, request }) =>
        JSON.stringify([method.name, request], (_, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        ),
      );
    expect(texts(3)).toEqual(texts(3));
    expect(texts(3)).not.toEqual(texts(4));
  });
});

describe("a comparison", () => {
  const facts = { project: "p", serverTimesFromMs: startedMs - 86_400_000 };
  const error = (text: string) => ({ kind: "error", code: "INVALID_ARGUMENT", text }) as const;

  test("leaves open which of several wrong inputs is named", () => {
    const planned = call(AdminService.method.createExecution, {});
    const verdict = (a: string, b: string) =>
      compareAnswers(planned, error(a), error(b), facts).verdict;
    const missing = "expected_inputs s missing";
    expect(verdict(missing, "invalid x input wrong type. Expected a, but got b")).toBe("tie");
    expect(verdict(missing, "missing spec")).toBe("text");
  });

  test("leaves out the clocks, names and ids that servers make up", () => {
    const planned = call(AdminService.method.getTask, {});
    const soon = new Date(startedMs + 5000).toISOString();
    const compare = (a: string, b: string) =>
      compareAnswers(planned, error(a), error(b), facts).verdict;
    expect(compare(`at ${soon}`, `at ${new Date(startedMs).toISOString()}`)).toBe("equal");
    expect(compare("at 2024-01-01T00:00:00Z", `at ${soon}`)).toBe("text");
    expect(compare("for node execution 7", "for node execution 19")).toBe("equal");
    expect(compare("http://a:1/b?X-Amz-Date=1", "https://c/b?X-Amz-Date=2")).toBe("equal");
  });
});

describe("the command", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "conformance-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("refuses addresses and numbers that are none", () => {
    expect(() => conformanceOptions(["--grpc-url", "localhost"])).toThrow(
      "--grpc-url is localhost; give an address such as http://localhost:8089",
    );
    expect(() => conformanceOptions(["--calls", "many"])).toThrow("--calls is many");
  });

  test("fails when there is no server", async () => {
    const options = conformanceOptions(["--grpc-url", "http://127.0.0.1:1"]);
    await expect(runConformance(options, () => undefined)).rejects.toThrow("127.0.0.1:1");
  });

  test("writes to no project that was there before, unless --writes allows it", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["theirs"] });
    const server = await flyte.listen();
    try {
      const args = ["--grpc-url", server.grpcUrl, "--project", "theirs", "--calls", "5"];
      const run = (...more: string[]) =>
        runConformance(conformanceOptions([...args, ...more]), () => undefined);
      await expect(run()).rejects.toThrow("Project theirs exists and was not made by this run.");
      const written = flyte.calls.filter(
        ({ rpc }) => !/^(Get|CreateUploadLocation$)/.test(rpc ?? ""),
      );
      expect(written).toEqual([]);
      const report = await run("--writes");
      expect(report.share).toBe(1);
      const { state } = await playerFor(flyte).client.rpc.admin.getProject({ id: "theirs" });
      expect(state).toBe(0);
    } finally {
      await server.close();
    }
  });

  test("finds out where the server keeps its objects", async () => {
    const config = { metadataPrefix: "gs://theirs/metadata", uploadPrefix: "gs://theirs" };
    const server = await new InMemoryFlyteAdmin({ config }).listen();
    try {
      const args = ["--grpc-url", server.grpcUrl, "--calls", "60"];
      const report = await runConformance(conformanceOptions(args), () => undefined);
      expect(report.differences).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test("signs in as a configuration file says", async () => {
    const flyte = new InMemoryFlyteAdmin({ signIn: {} });
    const server = await flyte.listen();
    try {
      const secret = join(folder, "secret");
      writeFileSync(secret, "foobar");
      const file = join(folder, "config.yaml");
      const lines = [
        "admin:",
        `  endpoint: ${server.grpcUrl}`,
        "  insecure: true",
        "  authType: ClientSecret",
        "  clientId: flytepropeller",
        `  clientSecretLocation: ${secret}`,
      ];
      writeFileSync(file, lines.join("\n"));
      const args = ["--config", file, "--rest-url", server.httpUrl, "--calls", "40"];
      const report = await runConformance(conformanceOptions(args), () => undefined);
      expect(report.differences).toEqual([]);
      expect(report.counts.equal).toBeGreaterThan(200);
    } finally {
      await server.close();
    }
  });

  test("records what a server answers, so that it can be replayed", async () => {
    const path = join(folder, "calls.jsonl");
    const recording = new Recording(path);
    await runAgainst(new InMemoryFlyteAdmin(), { recording, calls: 20 });
    recording.close();
    const replayed = await replay([path]);
    expect(replayed.differences).toEqual([]);
    expect(replayed.counts.equal).toBeGreaterThan(130);
    const lines = readFileSync(path, "utf8").trim().split("\n");
    expect(lines.length).toBeGreaterThan(130);
    const first: unknown = JSON.parse(lines[0] ?? "");
    expect(first).toMatchObject({
      service: "flyteidl.service.AdminService",
      rpc: "RegisterProject",
      response: "",
    });
    const failed = lines.find((line) => line.includes('"error"')) ?? "";
    expect(JSON.parse(failed)).toMatchObject({ rpc: "CreateTask", error: { code: 6 } });
  });
});
