import { readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import fc from "fast-check";

import { createGrpcWebTransport } from "../../src/grpc-web.js";
import { createRestTransport } from "../../src/index.js";
import { contentArbitraries } from "../gen/content-arbitrary.js";
import { encodeOurs } from "../gen/our-codec.js";
import { loadOurDescriptors } from "../gen/our-descriptors.js";
import { frame } from "../testing/wires/raw-grpc.js";
import { type AnsweringServer, answeringServer } from "./answering-server.js";

/** The same instances on every run; WIRE_SEED tries others. fast-check prints the seed of a failure. */
const seed = Number(process.env["WIRE_SEED"] ?? 20_261_129);
const timeoutMs = 120_000;

const { messages, services } = await loadOurDescriptors();
const methods = services
  .flatMap((service) => service.methods)
  .filter((method): method is DescMethodUnary => method.methodKind === "unary");
const arbitraries = contentArbitraries();

/** Encoded messages of a type. */
function encoded(desc: DescMessage): fc.Arbitrary<Uint8Array> {
  return arbitraries.any(desc, 3).map((content) => encodeOurs(desc, content));
}

let grpc: AnsweringServer;
beforeAll(async () => {
  grpc = await answeringServer();
});
afterAll(async () => {
  await grpc.close();
});

const baseUrl = "http://flyte.test";

/** A transport whose every call is answered with these bytes. */
type Wire = (answer: Uint8Array) => Transport;

const wires: readonly (readonly [name: string, open: Wire])[] = [
  [
    "REST",
    (answer) =>
      createRestTransport({
        baseUrl,
        fetch: () => respond(answer, "application/octet-stream"),
      }),
  ],
  ["gRPC", (answer) => grpc.transport(answer)],
  [
    "gRPC-Web",
    (answer) => {
      const trailers = frame(new TextEncoder().encode("grpc-status: 0\r\n"), 0x80);
      const body = Buffer.concat([frame(answer), trailers]);
      return createGrpcWebTransport({
        baseUrl,
        fetch: () => respond(body, "application/grpc-web+proto"),
      });
    },
  ],
  [
    "Connect",
    (answer) =>
      createGrpcWebTransport({
        baseUrl,
        protocol: "connect",
        fetch: () => respond(answer, "application/proto"),
      }),
  ],
];

function respond(body: Uint8Array, type: string): Promise<Response> {
  return Promise.resolve(new Response(Buffer.from(body), { headers: { "content-type": type } }));
}

/** The message that a transport reads as the answer of an RPC which sends nothing. */
async function received(transport: Transport, output: DescMessage): Promise<Message> {
  // Any message can be the output of a call whose path has no fields.
  const method = { ...methodWithoutFields(), output };
  const call = await transport.unary(method, undefined, undefined, undefined, {}, undefined);
  return call.message;
}

function methodWithoutFields() {
  const method = methods.find(({ name }) => name === "GetVersion");
  if (method === undefined) throw new Error("AdminService has no GetVersion");
  return method;
}

describe.each(wires)("an answer over %s", (_name, open) => {
  it(
    "is the message that protobuf-es reads, whatever its type and content",
    async () => {
      expect(messages.length).toBeGreaterThan(300);
      for (const desc of messages) {
        await fc.assert(
          fc.asyncProperty(encoded(desc), async (bytes) => {
            expect(await received(open(bytes), desc)).toStrictEqual(fromBinary(desc, bytes));
          }),
          { seed, numRuns: 6 },
        );
      }
    },
    timeoutMs,
  );

  it(
    "keeps every byte of what a FlyteAdmin sent",
    async () => {
      const recorded = recordedAnswers();
      expect(recorded.length).toBeGreaterThan(140);
      for (const { output, bytes } of recorded) {
        const message = await received(open(bytes), output);
        expect(message).toStrictEqual(fromBinary(output, bytes));
        expect(toBinary(output, message)).toHaveLength(bytes.length);
      }
    },
    timeoutMs,
  );
});

interface Line {
  readonly service: string;
  readonly rpc: string;
  readonly grpc?: { readonly message: string | null };
}

function recordedAnswers(): readonly { output: DescMessage; bytes: Uint8Array }[] {
  const text = readFileSync(new URL("../recordings/reads.jsonl", import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const { service, rpc, grpc: answer } = JSON.parse(line) as Line;
      const method = methods.find((each) => each.parent.typeName === service && each.name === rpc);
      if (method === undefined) throw new Error(`${service} has no ${rpc}`);
      if (typeof answer?.message !== "string") return [];
      return [
        { output: method.output, bytes: new Uint8Array(Buffer.from(answer.message, "base64")) },
      ];
    });
}

describe("a request over REST", () => {
  it(
    "carries in its body every byte of any message",
    async () => {
      const withBody = methods.filter(({ name }) =>
        /^Create(Task|Workflow|LaunchPlan|Execution|\w+Event|Upload\w+)$/.test(name),
      );
      expect(withBody.length).toBeGreaterThan(6);
      for (const method of withBody) {
        await fc.assert(
          fc.asyncProperty(encoded(method.input), async (bytes) => {
            const message = fromBinary(method.input, bytes);
            const bodies: unknown[] = [];
            const transport = createRestTransport({
              baseUrl,
              fetch: (_url, init) => {
                bodies.push(init.body);
                return respond(new Uint8Array(), "application/octet-stream");
              },
            });
            await transport.unary(method, undefined, undefined, undefined, message, undefined);
            expect(bodies).toEqual([toBinary(method.input, create(method.input, message))]);
          }),
          { seed, numRuns: 40 },
        );
      }
    },
    timeoutMs,
  );
});
