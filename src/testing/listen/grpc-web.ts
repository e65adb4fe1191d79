import {
  type DescMethod,
  type DescService,
  fromBinary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import {
  cors,
  createConnectRouter,
  createContextKey,
  createContextValues,
  type HandlerContext,
} from "@connectrpc/connect";
import {
  universalServerRequestFromFetch,
  universalServerResponseToFetch,
} from "@connectrpc/connect/protocol";

import { type CallLog, CallRecord } from "../calls/index.js";
import { FaultedAnswer, proxyPage, spoil } from "../faults/index.js";
import { type HttpRequest, type HttpResponse, pathOf } from "../http/index.js";
import type { Answer, Pipeline } from "../pipeline/index.js";

/** The parts that gRPC-Web needs. */
export interface GrpcWebParts {
  readonly pipeline: Pipeline;
  readonly calls: CallLog;
  readonly now: () => Date;
  readonly services: readonly DescService[];
}

/** Answers a request that is for an RPC by its gRPC path; `undefined` for any other. */
export type RpcOverHttp = (request: HttpRequest) => Promise<HttpResponse> | undefined;

/** One request on its way through Connect's handlers, and what the pipeline said besides its message. */
interface Exchange {
  readonly record: CallRecord;
  readonly request: HttpRequest;
  fault?: Answer["fault"] | FaultedAnswer;
}

type RpcImplementation = (message: Message, context: HandlerContext) => Promise<Message>;

/** gRPC-Web and Connect, as a proxy in front of the server would add them. */
export function createGrpcWeb(parts: GrpcWebParts): RpcOverHttp {
  const exchangeKey = createContextKey<Exchange | undefined>(undefined);
  const router = createConnectRouter({ grpc: false, grpcWeb: true, connect: true });
  for (const method of parts.services.flatMap((service) => service.methods)) {
    const implementation: RpcImplementation = (message, context) =>
      call(parts, method, message, context, context.values.get(exchangeKey));
    // The type of an implementation comes from a method's own messages, and here the
    // method is known only at run time: Connect decodes and encodes with `method` itself.
    router.rpc(method, implementation as never);
  }
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  return (request) => {
    const path = pathOf(request.target);
    const handler = handlers.get(path);
    if (handler === undefined) return undefined;
    if (request.method === "OPTIONS") return Promise.resolve(preflight(request));
    return (async () => {
      const { method, target, headers } = request;
      const record = new CallRecord({
        wire: "grpc-web",
        method,
        path: target,
        headers,
        at: parts.now(),
      });
      parts.calls.add(record);
      const exchange: Exchange = { record, request };
      const universal = universalServerRequestFromFetch(await toFetchRequest(request), {});
      const contextValues = createContextValues().set(exchangeKey, exchange);
      const answer = universalServerResponseToFetch(await handler({ ...universal, contextValues }));
      const response = await finish(answer, exchange);
      record.status = response.breaks === "before" ? undefined : response.status;
      return response;
    })();
  };
}

async function call(
  { pipeline }: GrpcWebParts,
  method: DescMethod,
  message: Message,
  context: HandlerContext,
  exchange: Exchange | undefined,
): Promise<Message> {
  if (exchange === undefined) throw new Error("a call came past the HTTP port");
  const { record, request } = exchange;
  const bytes = toBinary(method.input, message);
  record.requestBytes = bytes.length;
  try {
    const answer = await pipeline.run({
      service: method.parent.typeName,
      rpc: method.name,
      bytes,
      headers: context.requestHeader,
      wire: "grpc-web",
      signal: request.signal,
      timeoutMs: context.timeoutMs(),
      signedUrlBase: request.signedUrlBase,
      record,
      path: pathOf(request.target),
    });
    exchange.fault = answer.fault;
    record.responseBytes = answer.bytes.length;
    return fromBinary(method.output, answer.bytes);
  } catch (reason) {
    if (reason instanceof FaultedAnswer) exchange.fault = reason;
    throw reason;
  }
}

async function finish(answer: Response, { fault, request }: Exchange): Promise<HttpResponse> {
  const body = new Uint8Array(await answer.arrayBuffer());
  const headers = exposed(request, new Headers(answer.headers));
  const response: HttpResponse = { status: answer.status, headers, body };
  if (fault === "truncated") return { ...response, breaks: "within" };
  if (typeof fault === "string") return { ...response, body: spoil(body, fault) };
  if (fault === undefined) return response;
  if (fault.fault === "reset") return { ...response, breaks: "before" };
  headers.set("content-type", "text/html; charset=utf-8");
  return { status: fault.status, headers, body: new TextEncoder().encode(proxyPage(fault.status)) };
}

async function toFetchRequest(request: HttpRequest): Promise<Request> {
  const body = request.method === "POST" ? new Uint8Array(await request.body()) : null;
  const { method, headers, signal } = request;
  return new Request(`http://localhost${request.target}`, { method, headers, signal, body });
}

function preflight(request: HttpRequest): HttpResponse {
  const headers = exposed(request, new Headers());
  headers.set("access-control-allow-methods", cors.allowedMethods.join(", "));
  const asked = request.headers.get("access-control-request-headers");
  if (asked !== null) headers.set("access-control-allow-headers", asked);
  return { status: 200, headers, body: new Uint8Array() };
}

function exposed(request: HttpRequest, headers: Headers): Headers {
  if (!request.headers.has("origin")) return headers;
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", [...cors.exposedHeaders, "retry-after"].join(", "));
  return headers;
}
