import { afterEach, describe, expect, it } from "@jest/globals";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";

import { GetVersionResponseSchema } from "../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AdminClient, FlyteError } from "../../src/index.js";
import { createGrpcWebTransport } from "../../src/grpc-web.js";
import { frame } from "../testing/wires/raw-grpc.js";
import { answeringServer } from "./answering-server.js";

const method = AdminService.method.getVersion;
const whole = toBinary(
  GetVersionResponseSchema,
  create(GetVersionResponseSchema, { controlPlaneVersion: { Version: "v1.16.8", Build: "é" } }),
);
/** With a field that no version of ours knows. */
const newer = Uint8Array.from([...whole, 0xa2, 0x1f, 1, 7]);
const cut = whole.subarray(0, -1);
const noText = Uint8Array.from([0x0a, 3, 0x0a, 1, 0xff]);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function grpc(answer: Uint8Array): Promise<Transport> {
  const server = await answeringServer();
  closers.push(() => server.close());
  return server.transport(answer);
}

function web(protocol: "grpc-web" | "connect", answer: Uint8Array): Promise<Transport> {
  const trailers = new TextEncoder().encode("grpc-status: 0\r\nx-part: trailer\r\n");
  const body =
    protocol === "connect" ? answer : Buffer.concat([frame(answer), frame(trailers, 0x80)]);
  const type = protocol === "connect" ? "application/proto" : "application/grpc-web+proto";
  const headers = { "content-type": type, "x-part": "header", "trailer-x-part": "trailer" };
  return Promise.resolve(
    createGrpcWebTransport({
      baseUrl: "http://flyte.test",
      protocol,
      fetch: () => Promise.resolve(new Response(Buffer.from(body), { headers })),
    }),
  );
}

const wires: readonly (readonly [string, (answer: Uint8Array) => Promise<Transport>])[] = [
  ["gRPC", grpc],
  ["gRPC-Web", (answer) => web("grpc-web", answer)],
  ["Connect", (answer) => web("connect", answer)],
];

function ask(transport: Transport) {
  return transport.unary(method, undefined, 5_000, undefined, create(method.input), undefined);
}

describe.each(wires)("an answer over %s", (_name, open) => {
  it.each([
    ["whole", whole],
    ["newer", newer],
    ["empty", new Uint8Array()],
  ])(
    "that is %s is the message that protobuf-es makes of it, in its whole answer",
    async (_what, bytes) => {
      const answer = await ask(await open(bytes));
      expect(answer.message).toStrictEqual(fromBinary(GetVersionResponseSchema, bytes));
      expect(answer.method).toBe(method);
      expect(answer.service).toBe(AdminService);
      expect(answer.header.get("x-part")).toBe("header");
      expect(answer.trailer.get("x-part")).toBe("trailer");
    },
  );

  it.each([
    ["cut short", cut],
    ["with text that is no UTF-8", noText],
  ])("that is %s is an error of Connect's, with the words of protobuf-es", async (_what, bytes) => {
    await expect(ask(await open(bytes))).rejects.toMatchObject({
      name: "ConnectError",
      code: Code.Internal,
      rawMessage: expect.stringMatching(/^parse binary: ./),
    });
  });

  it("that is broken is reported in the client's words, not the server's", async () => {
    const admin = new AdminClient({ transport: await open(noText), retry: { maxAttempts: 1 } });
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FlyteError);
    expect(error).toMatchObject({ code: "INTERNAL", serverMessage: undefined });
    expect(String(error)).toContain("parse binary: ");
  });
});
