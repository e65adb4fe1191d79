import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { create, type DescMethodUnary, fromBinary, toBinary } from "@bufbuild/protobuf";
import { AdminClient } from "flyte-admin-client";
import { LiteralMapSchema } from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

import type { PlannedCall } from "./calls/planned-call.js";
import { literals, text } from "./calls/world.js";
import { compareAnswers } from "./compare.js";
import type { RunFacts } from "./normalize.js";
import { nameOfStatus, type RecordedLine } from "./recording.js";
import { Report } from "./report.js";
import { servedServices, type SentAnswer, sideOf } from "./side.js";

/** The day on which the recordings of this repository were made, and the time between two calls. */
const recordedMs = Date.UTC(2026, 10, 29, 9, 40);
const msPerCall = 10;

/** Event times of the repository's recordings lie before it, and the clock of the recorded server after it. */
const recordedTimesFromMs = Date.UTC(2026, 10, 1);

/** The same for what `--record` wrote: the events of this suite are all of January 2024. */
const ownTimesFromMs = Date.UTC(2024, 6, 1);

const recordings = new URL("../../test/recordings/", import.meta.url);

/**
 * Plays recordings that begin with an empty server, each to an in-memory server of its own, and
 * compares the answers with the recorded ones.
 * @param files - JSON lines in the format of `test/recordings/seed.jsonl`; with gzip where the name ends in `.gz`
 */
export async function replay(files: readonly string[]): Promise<Report> {
  const report = new Report();
  for (const file of files) await replayFile(file, report);
  return report;
}

async function replayFile(file: string, report: Report): Promise<void> {
  let nowMs = recordedMs;
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => new Date(nowMs) });
  for (const [uri, bytes] of recordedObjects()) flyte.putBlob(uri, bytes);
  const side = sideOf("grpc", new AdminClient({ transport: flyte.transport() }));
  const lines = linesOf(file);
  const serverTimesFromMs = isOfThisSuite(lines) ? ownTimesFromMs : recordedTimesFromMs;
  const facts: RunFacts = { serverTimesFromMs };
  for (const line of lines) {
    nowMs += msPerCall;
    const planned = callOf(line);
    const recorded = answerOf(line, planned.method);
    const answer = await side.ask(planned.method, planned.request);
    if (answer.kind === "unsent") throw new Error(`${line.rpc} of ${file} was not sent.`);
    report.add("grpc", planned, compareAnswers(planned, recorded, answer, facts));
  }
}

/** Runs of this suite register their project and its first task before anything else. */
function isOfThisSuite(lines: readonly RecordedLine[]): boolean {
  return lines[0]?.rpc === "RegisterProject" && lines[1]?.rpc === "CreateTask";
}

function linesOf(file: string): readonly RecordedLine[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RecordedLine);
}

function callOf({ service, rpc, request }: RecordedLine): PlannedCall {
  const method = servedServices
    .find(({ typeName }) => typeName === service)
    ?.methods.find(({ name }) => name === rpc);
  if (method === undefined) throw new Error(`${service} has no ${rpc}.`);
  return {
    method: { ...method, methodKind: "unary" },
    request: fromBinary(method.input, bytesOf(request)),
  };
}

function answerOf({ response, error }: RecordedLine, method: DescMethodUnary): SentAnswer {
  if (error === undefined) {
    return { kind: "message", message: fromBinary(method.output, bytesOf(response ?? "")) };
  }
  return { kind: "error", code: nameOfStatus(error.code), text: error.message };
}

/** The objects that recorded rows point at; one is over the limit of what the server reads. */
function recordedObjects(): readonly (readonly [uri: string, bytes: Uint8Array])[] {
  const root = fileURLToPath(new URL("blobs/", recordings));
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const objects = files.map(({ parentPath, name }) => {
    const path = `${parentPath}/${name}`;
    const key = path.slice(root.length).replace(/^\/+/, "");
    return [`s3://my-s3-bucket/${key}`, readFileSync(path)] as const;
  });
  const large = create(LiteralMapSchema, literals({ big: text("x".repeat(3_145_728)) }));
  return [...objects, ["s3://my-s3-bucket/c0.pb", toBinary(LiteralMapSchema, large)]];
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
