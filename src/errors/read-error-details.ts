import { type DescMessage, fromBinary, type MessageShape } from "@bufbuild/protobuf";

import {
  type EventFailureReason,
  EventFailureReasonSchema,
} from "../../gen/flyteidl/admin/event_pb.js";
import {
  type InactiveProject,
  InactiveProjectSchema,
} from "../../gen/flyteidl/admin/project_pb.js";
import {
  type CreateWorkflowFailureReason,
  CreateWorkflowFailureReasonSchema,
} from "../../gen/flyteidl/admin/workflow_pb.js";
import type { ErrorDetail, FlyteError } from "./flyte-error.js";
import { messageFromJson } from "./message-from-json.js";

/**
 * A detail of an error: one of the three messages that FlyteAdmin sends, distinguished by `$typeName`, or anything
 * else as it came.
 */
export type DecodedErrorDetail =
  EventFailureReason | CreateWorkflowFailureReason | InactiveProject | UndecodedDetail;

/** A detail of a type that this package does not know, or whose bytes do not decode. */
export interface UndecodedDetail extends ErrorDetail {
  /** Absent, since the type is unknown. */
  readonly $typeName?: undefined;
}

/**
 * Decodes the details that FlyteAdmin attached to an error. Never throws: what is of another type, or does not
 * decode, stays as it came.
 *
 * @example
 * ```ts
 * const [detail] = readErrorDetails(error);
 * if (detail?.$typeName === "flyteidl.admin.InactiveProject") console.error(detail.id);
 * ```
 */
export function readErrorDetails(error: FlyteError): readonly DecodedErrorDetail[] {
  return error.details.map(
    (detail): DecodedErrorDetail =>
      decodeAs(EventFailureReasonSchema, detail) ??
      decodeAs(CreateWorkflowFailureReasonSchema, detail) ??
      decodeAs(InactiveProjectSchema, detail) ??
      detail,
  );
}

function decodeAs<Desc extends DescMessage>(
  schema: Desc,
  { typeUrl, value, json }: ErrorDetail,
): MessageShape<Desc> | undefined {
  if (!typeUrl.endsWith(`/${schema.typeName}`)) return undefined;
  try {
    return json === undefined ? fromBinary(schema, value) : messageFromJson(schema, json);
  } catch {
    return undefined;
  }
}
