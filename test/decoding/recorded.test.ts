import { readFileSync } from "node:fs";

import { describe, expect, it } from "@jest/globals";
import type { DescMessage, DescMethod } from "@bufbuild/protobuf";

import { createDecoder } from "../../src/decoding/index.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";
import { expectSame, outcomeOf } from "./same-as.js";

interface Line {
  readonly service: string;
  readonly rpc: string;
  readonly request?: string;
  readonly requestBytes?: string;
  readonly response?: string;
  readonly grpc?: { readonly message: string | null };
  readonly rest?: { readonly octetStream?: { readonly status: number; readonly body?: string } };
}

const { services } = await loadOurDescriptors();
const decoder = createDecoder();

function lines(file: string): readonly Line[] {
  const text = readFileSync(new URL(`../recordings/${file}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

function methodOf({ service, rpc }: Line): DescMethod {
  const { methods = [] } = services.find(({ typeName }) => typeName === service) ?? {};
  return methods.find(({ name }) => name === rpc)!;
}

/** Compares one message, and tells how many were compared. */
function compare(desc: DescMessage, base64: string | null | undefined): number {
  if (base64 === null || base64 === undefined) return 0;
  const bytes = new Uint8Array(Buffer.from(base64, "base64"));
  expectSame(
    desc,
    bytes,
    outcomeOf(() => decoder.decode(desc, bytes)),
  );
  return 1;
}

describe("a decoder of our own, on what a FlyteAdmin sent", () => {
  it("gives the same messages as protobuf-es", () => {
    let compared = 0;
    for (const line of lines("seed.jsonl")) {
      const { input, output } = methodOf(line);
      compared += compare(input, line.request) + compare(output, line.response);
    }
    for (const line of lines("reads.jsonl")) {
      const { input, output } = methodOf(line);
      const { status, body } = line.rest?.octetStream ?? {};
      compared += compare(input, line.requestBytes) + compare(output, line.grpc?.message);
      if (status === 200) compared += compare(output, body);
    }
    expect(compared).toBeGreaterThan(1_500);
  });
});
