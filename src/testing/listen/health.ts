import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";

/** The gRPC health service, which the server answers besides its own. */
export const healthService = "grpc.health.v1.Health";

/** A `HealthCheckResponse` that says SERVING. */
const serving = new Uint8Array([0x08, 0x01]);

/**
 * Answers a call of the health service; the whole server and `flyteadmin` are SERVING.
 * @throws ConnectError NOT_FOUND for another service, UNIMPLEMENTED for another method than Check
 */
export function answerHealth(rpc: string, request: Uint8Array): Uint8Array {
  if (rpc !== "Check") {
    throw new ConnectError(
      `unknown method ${rpc} for service ${healthService}`,
      Code.Unimplemented,
    );
  }
  const service = readService(request);
  if (service === "" || service === "flyteadmin") return serving;
  throw new ConnectError("unknown service", Code.NotFound);
}

/** Reads the one field of a `HealthCheckRequest`. */
function readService(request: Uint8Array): string {
  const reader = new BinaryReader(request);
  let service = "";
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.LengthDelimited) service = reader.string();
    else reader.skip(type, field);
  }
  return service;
}
