import { createRegistry, type DescFile, type DescService, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { StatusSchema } from "../../../gen/google/rpc/status_pb.js";
import { statusCodeOf } from "../../errors/index.js";
import type { CallRecord } from "../calls/index.js";
import { FaultedAnswer, spoil } from "../faults/index.js";
import { type HttpRequest, type HttpResponse, pathOf, queryOf } from "../http-messages.js";
import {
  type Answer,
  checkSize,
  encodeGrpcMessage,
  httpStatusOf,
  type Pipeline,
  statusBytes,
} from "../pipeline/index.js";
import {
  chooseMarshalers,
  createMarshalers,
  type Marshaler,
  type Marshalers,
} from "./marshaler.js";
import { metadataOf, parseGrpcTimeout } from "./metadata.js";
import { readRequest } from "./read-request.js";
import { Router } from "./router.js";
import { routesOf } from "./routes.js";

/** The longest error text that reaches a REST client, in bytes once percent-encoded. */
const maxErrorBytes = 31_800;

const formType = "application/x-www-form-urlencoded";

/** Adds to the metadata that a REST request is turned into. */
export type Annotator = (request: HttpRequest, metadata: Headers) => void;

/** The REST gateway: HTTP requests in, calls of the pipeline out, driven by the `google.api.http` options. */
export class Gateway {
  readonly #pipeline: Pipeline;
  readonly #router: Router;
  readonly #marshalers: Marshalers;
  readonly #annotate: Annotator | undefined;

  /**
   * @param services those that have routes, whether or not the server answers their RPCs
   * @param annotate what authentication adds to the metadata
   */
  constructor(pipeline: Pipeline, services: readonly DescService[], annotate?: Annotator) {
    this.#pipeline = pipeline;
    this.#annotate = annotate;
    this.#router = new Router(routesOf(services));
    this.#marshalers = createMarshalers(createRegistry(...services.flatMap(filesOf)));
  }

  /**
   * Answers a request.
   * @param path the path, percent-decoded as a whole
   * @throws FaultedAnswer where a fault breaks the connection or sends a page
   */
  async handle(request: HttpRequest, path: string, record: CallRecord): Promise<HttpResponse> {
    const { inbound, outbound } = chooseMarshalers(
      this.#marshalers,
      request.accept,
      request.headers.get("content-type"),
    );
    try {
      const answer = await this.#call(request, path, inbound, record);
      checkSize(answer.bytes.length);
      return respond(answer, outbound);
    } catch (reason) {
      if (reason instanceof FaultedAnswer) throw reason;
      const error = ConnectError.from(reason);
      record.code = statusCodeOf(error.code);
      return respondError(error, outbound);
    }
  }

  async #call(
    request: HttpRequest,
    path: string,
    inbound: Marshaler,
    record: CallRecord,
  ): Promise<Answer> {
    const { headers } = request;
    const isForm = request.method === "POST" && headers.get("content-type") === formType;
    const override = isForm ? headers.get("x-http-method-override") : null;
    const verb = override === null || override === "" ? request.method : override.toUpperCase();
    const match = this.#router.find(verb, path, isForm);
    const { method } = match.route;
    const metadata = metadataOf(headers);
    this.#annotate?.(request, metadata);
    record.wire = "rest";
    record.rpc = method.name;
    const timeoutMs = timeoutOf(headers);
    const body = await request.body();
    record.requestBytes = body.length;
    const query = queryOf(request.target);
    const queries = isForm ? [new TextDecoder().decode(body), query] : [query];
    const message = readRequest({ match, inbound, body, queries });
    return this.#pipeline.run({
      service: method.parent.typeName,
      rpc: method.name,
      bytes: toBinary(method.input, message),
      headers: metadata,
      wire: "rest",
      signal: request.signal,
      timeoutMs,
      signedUrlBase: request.signedUrlBase,
      record,
      path: pathOf(request.target),
    });
  }
}

function respond({ method, bytes, fault }: Answer, outbound: Marshaler): HttpResponse {
  const body = outbound.write(method.output, bytes);
  return {
    status: 200,
    headers: new Headers({
      "content-type": outbound.contentType,
      "grpc-metadata-content-type": "application/grpc",
    }),
    body: fault === undefined || fault === "truncated" ? body : spoil(body, fault),
    breaks: fault === "truncated" ? "within" : undefined,
  };
}

function respondError(error: ConnectError, outbound: Marshaler): HttpResponse {
  const sent =
    encodeGrpcMessage(error.rawMessage).length > maxErrorBytes
      ? new ConnectError(
          "stream terminated by RST_STREAM with error code: INTERNAL_ERROR",
          Code.Internal,
        )
      : error;
  const headers = new Headers({ "content-type": outbound.contentType });
  if (sent.code === Code.Unauthenticated) {
    headers.set("www-authenticate", headerText(sent.rawMessage));
  }
  const retryAfter = sent.metadata.get("retry-after");
  if (retryAfter !== null) headers.set("retry-after", retryAfter);
  const body = outbound.write(StatusSchema, statusBytes(sent));
  return { status: httpStatusOf(sent.code), headers, body };
}

/** A text as a header carries it: in one line, and in UTF-8, whose bytes are characters to a header. */
function headerText(text: string): string {
  const bytes = new TextEncoder().encode(text.replace(/[\r\n]/g, " "));
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function timeoutOf(headers: Headers): number | undefined {
  const text = headers.get("grpc-timeout") ?? "";
  if (text === "") return undefined;
  const timeoutMs = parseGrpcTimeout(text);
  if (timeoutMs === undefined) {
    throw new ConnectError(`invalid grpc-timeout: ${text}`, Code.InvalidArgument);
  }
  // Zero is none to the server.
  if (timeoutMs === 0) return undefined;
  // No answer of a server with a database is that fast; here it would be.
  return timeoutMs <= 1 ? 0 : timeoutMs;
}

/** The file of a service and those that it imports, where the details of errors are declared. */
function filesOf(service: DescService): readonly DescFile[] {
  const files = new Set<DescFile>();
  const visit = (file: DescFile): void => {
    if (files.has(file)) return;
    files.add(file);
    file.dependencies.forEach(visit);
  };
  visit(service.file);
  return [...files];
}
