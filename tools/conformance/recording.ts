import { closeSync, openSync, writeSync } from "node:fs";

import { toBinary } from "@bufbuild/protobuf";

import type { PlannedCall } from "./calls/planned-call.js";
import type { SentAnswer } from "./side.js";

/** The numbers of gRPC's status codes, by name. */
const statusNumbers: readonly string[] = [
  "OK",
  "CANCELED",
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

/** A file of recorded calls, one JSON object a line, in the format of `test/recordings/seed.jsonl`. */
export class Recording {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  add({ method, request }: PlannedCall, answer: SentAnswer): void {
    const line = {
      service: method.parent.typeName,
      rpc: method.name,
      request: base64(toBinary(method.input, request)),
      ...(answer.kind === "message"
        ? { response: base64(toBinary(method.output, answer.message)) }
        : { error: { code: statusNumbers.indexOf(answer.code), message: answer.text } }),
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
