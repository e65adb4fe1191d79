import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { InactiveProjectSchema } from "../../gen/flyteidl/admin/project_pb.js";
import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";

/** The longest error text that AdminService and SignalService send; a longer one is cut and loses its details. */
const maxMessageBytes = 32_000;

/** An error of AdminService or SignalService. */
export function adminError(code: Code, message: string): ConnectError {
  return new ConnectError(cut(message), code);
}

/** An error with a status detail. */
export function adminErrorWith<Desc extends DescMessage>(
  code: Code,
  message: string,
  schema: Desc,
  detail: MessageInitShape<Desc>,
): ConnectError {
  const text = cut(message);
  return new ConnectError(
    text,
    code,
    undefined,
    text === message ? [{ desc: schema, value: detail }] : [],
  );
}

/** INVALID_ARGUMENT with this text. */
export function invalidArgument(message: string): ConnectError {
  return adminError(Code.InvalidArgument, message);
}

/** A required field is not there. */
export function missing(field: string): ConnectError {
  return invalidArgument(`missing ${field}`);
}

/** A field has a value that is invalid. */
export function invalidValue(field: string): ConnectError {
  return invalidArgument(`invalid value for ${field}`);
}

/** A look-up found no row. */
export function missingEntity(kind: string, identifier: string): ConnectError {
  return adminError(Code.NotFound, `missing entity of type ${kind} with identifier ${identifier}`);
}

/** A look-up of the kinds that name no entity found no row. */
export function entryNotFound(): ConnectError {
  return adminError(Code.NotFound, "entry not found");
}

/** The database refused a statement. */
export function databaseError(message: string): ConnectError {
  return adminError(Code.Unknown, `failed database operation with ${message}`);
}

/** A row with this key exists. */
export function uniqueViolation(constraint: string): ConnectError {
  return adminError(
    Code.AlreadyExists,
    `value with matching already exists (duplicate key value violates unique constraint "${constraint}")`,
  );
}

/** An event or an abort came too late. */
export function alreadyTerminal(message: string, currentPhase: string): ConnectError {
  return adminErrorWith(Code.FailedPrecondition, message, EventFailureReasonSchema, {
    reason: { case: "alreadyInTerminalState", value: { currentPhase } },
  });
}

/** An event came from a cluster that does not run the execution. */
export function incompatibleCluster(message: string, cluster: string): ConnectError {
  return adminErrorWith(Code.FailedPrecondition, message, EventFailureReasonSchema, {
    reason: { case: "incompatibleCluster", value: { cluster } },
  });
}

/** A write to an archived project. */
export function inactiveProject(id: string): ConnectError {
  return adminErrorWith(
    Code.InvalidArgument,
    `project [${id}] is not active`,
    InactiveProjectSchema,
    { id },
  );
}

/** The text of an error that is inside another's. */
export function textOf(error: unknown): string {
  return error instanceof ConnectError ? error.rawMessage : String(error);
}

function cut(message: string): string {
  const bytes = new TextEncoder().encode(message);
  return bytes.length <= maxMessageBytes
    ? message
    : new TextDecoder().decode(bytes.subarray(0, maxMessageBytes));
}
