import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import {
  AdminClient,
  blobType,
  listType,
  simpleType,
  structuredDatasetType,
  type TaskExecutionIdentifier,
  valueToLiteral,
} from "../../../src/index.js";
import { saveOutputs } from "../../../src/node.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../../src/testing.js";

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let folder: string;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const fetch = (input: string | URL | Request, init?: RequestInit) =>
    flyte.fetch(new Request(input, init));
  admin = new AdminClient({ transport: flyte.transport(), fetch });
  folder = await mkdtemp(join(tmpdir(), "save-outputs-"));
});

afterEach(async () => {
  admin.close();
  await rm(folder, { recursive: true });
});

async function attempt(
  state: NonNullable<Parameters<typeof seedAttempts>[1]["attempt"]>,
): Promise<TaskExecutionIdentifier> {
  const executionId = await seedExecution(flyte, { name: "f3a" });
  const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
  await seedAttempts(flyte, { nodeExecutionId, count: 1, attempt: state });
  const found = await admin.taskExecutions.list({ nodeExecutionId }).first();
  if (found?.id === undefined) throw new Error("no attempt");
  return found.id;
}

const file = (uri: string, format = "") =>
  valueToLiteral({ kind: "blob", uri, format, dimensionality: "SINGLE" }, blobType({ format }));

describe("saveOutputs", () => {
  test("writes all values as JSON and a file for each blob, and lists what is no file", async () => {
    for (const name of ["a", "b", "c", "d"]) {
      flyte.putBlob(`s3://my-s3-bucket/${name}`, new TextEncoder().encode(`blob ${name}`));
    }
    const list = valueToLiteral(
      ["b", "c"].map((name) => ({
        kind: "blob",
        uri: `s3://my-s3-bucket/${name}`,
        format: "",
        dimensionality: "SINGLE",
      })),
      listType(blobType()),
    );
    const id = await attempt(() => ({
      phase: "SUCCEEDED",
      outputs: {
        count: valueToLiteral(3, simpleType("integer")),
        model: file("s3://my-s3-bucket/a", "onnx"),
        parts: list,
        "../up": file("s3://my-s3-bucket/d"),
        table: valueToLiteral(
          { kind: "structuredDataset", uri: "s3://my-s3-bucket/t", format: "parquet" },
          structuredDatasetType({}, { format: "parquet" }),
        ),
      },
    }));
    const seen: string[] = [];
    const target = join(folder, "new", "folder");
    const saved = await saveOutputs(admin, id, target, {
      onFile: ({ output }) => seen.push(output),
    });
    if (saved.kind !== "saved") throw new Error(saved.kind);
    const names = await readdir(target);
    expect(names.sort()).toEqual(
      ["%2E.%2Fup", "model.onnx", "outputs.json", "parts%5B0%5D", "parts%5B1%5D"].sort(),
    );
    expect(await readFile(join(target, "model.onnx"), "utf8")).toBe("blob a");
    expect(await readFile(join(target, "parts%5B1%5D"), "utf8")).toBe("blob c");
    const json: unknown = JSON.parse(await readFile(join(target, "outputs.json"), "utf8"));
    expect(json).toMatchObject({ count: 3, model: { uri: "s3://my-s3-bucket/a" } });
    expect(saved.skipped).toEqual([{ output: "table", uri: "s3://my-s3-bucket/t" }]);
    expect(saved.files.map(({ output }) => output)).toEqual(seen);
    expect(saved.files[0]).toMatchObject({ output: "", uri: undefined });
    expect(await readdir(folder)).toEqual(["new"]);
  });

  test("returns why there are no outputs, and creates no folder", async () => {
    const error = { code: "USER:Error", message: "no data" };
    const id = await attempt(() => ({ phase: "FAILED", error }));
    const target = join(folder, "none");
    expect(await saveOutputs(admin, id, target)).toMatchObject({ kind: "error", error });
    expect(await readdir(folder)).toEqual([]);
  });

  test("rejects when a blob is missing", async () => {
    const outputs = { model: file("s3://my-s3-bucket/none") };
    const id = await attempt(() => ({ phase: "SUCCEEDED", outputs }));
    await expect(saveOutputs(admin, id, folder)).rejects.toMatchObject({ reason: "missing" });
    expect(await readdir(folder)).toEqual(["outputs.json"]);
  });
});
