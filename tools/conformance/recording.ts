import { closeSync, openSync, writeSync } from "node:fs";

import { toBinary } from "@bufbuild/protobuf";
import type { StatusCode } from "flyte-admin-client";

import type { PlannedCall } from "./calls/planned-call.js";
import type { SentAnswer } from "./side.js";

/** The numbers of gRPC's status codes, by name. */
const statuses: readonly (StatusCode | "OK")[] = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];

/** A line of a recording. Messages are base64 of their binary form. */
export interface RecordedLine {
  readonly service: string;
  readonly rpc: string;
  readonly request: string;
  readonly response?: string;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The name of a gRPC status code. */
export function nameOfStatus(code: number): StatusCode {
  const name = statuses[code];
  return name === undefined || name === "OK" ? "UNKNOWN" : name;
}

/** A file of recorded calls, one JSON object a line, in the format of `test/recordings/seed.jsonl`. */
export class Recording {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  add({ method, request }: PlannedCall, answer: SentAnswer): void {
    const line: RecordedLine = {
      service: method.parent.typeName,
      rpc: method.name,
      request: base64(toBinary(method.input, request)),
      ...(answer.kind === "message"
        ? { response: base64(toBinary(method.output, answer.message)) }
        : { error: { code: statuses.indexOf(answer.code), message: answer.text } }),
    };
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
