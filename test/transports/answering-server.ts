import { createServer } from "node:http2";

import type { Transport } from "@connectrpc/connect";

import { createGrpcTransport } from "../../src/node.js";
import { frame } from "../testing/wires/raw-grpc.js";
import { listenOnLoopback } from "../../tools/lib/loopback.mjs";

/** A gRPC server that answers each call with the message that was asked for last. */
export interface AnsweringServer {
  /** The transport to it, after which calls are answered with these bytes. */
  transport(answer: Uint8Array): Transport;
  close(): Promise<void>;
}

/** Starts a gRPC server on loopback that answers whatever it is called. */
export async function answeringServer(): Promise<AnsweringServer> {
  let answer = new Uint8Array();
  const server = createServer();
  server.on("stream", (stream) => {
    stream.respond(
      { ":status": 200, "content-type": "application/grpc", "x-part": "header" },
      { waitForTrailers: true },
    );
    stream.on("wantTrailers", () => {
      stream.sendTrailers({ "grpc-status": "0", "x-part": "trailer" });
    });
    stream.end(frame(answer));
  });
  const { url, close } = await listenOnLoopback(server);
  const transport = createGrpcTransport({ baseUrl: url });
  return {
    transport(bytes) {
      answer = Uint8Array.from(bytes);
      return transport;
    },
    close() {
      transport.close();
      return close();
    },
  };
}
