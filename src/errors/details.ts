import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type JsonValue,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { InactiveProjectSchema } from "../../gen/flyteidl/admin/project_pb.js";
import { CreateWorkflowFailureReasonSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import type { ErrorDetail } from "./flyte-error.js";
import { messageFromJson } from "./message-from-json.js";

/** The details of a Connect error: typed where FlyteAdmin is known to send the type, else the bytes. Never throws. */
export function detailsOf(error: ConnectError): readonly ErrorDetail[] {
  return error.details.map((detail): ErrorDetail => {
    const { type, value } =
      "desc" in detail
        ? {
            type: detail.desc.typeName,
            value: toBinary(detail.desc, create(detail.desc, detail.value)),
          }
        : detail;
    return (
      decodeAs(EventFailureReasonSchema, type, value) ??
      decodeAs(CreateWorkflowFailureReasonSchema, type, value) ??
      decodeAs(InactiveProjectSchema, type, value) ?? {
        typeUrl: `type.googleapis.com/${type}`,
        value,
      }
    );
  });
}

function decodeAs<Desc extends DescMessage>(
  schema: Desc,
  type: string,
  value: Uint8Array,
): MessageShape<Desc> | undefined {
  if (type !== schema.typeName) return undefined;
  try {
    return fromBinary(schema, value);
  } catch {
    return undefined;
  }
}

/** A detail of an error that was written as JSON, with `@type`. `undefined` for types that FlyteAdmin does not send. */
export function detailFromJson(detail: JsonValue): ConnectError["details"][number] | undefined {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return undefined;
  const { "@type": typeUrl, ...fields } = detail;
  const type = typeof typeUrl === "string" ? typeUrl.replace(/^.*\//s, "") : "";
  return (
    encodeFrom(EventFailureReasonSchema, type, fields) ??
    encodeFrom(CreateWorkflowFailureReasonSchema, type, fields) ??
    encodeFrom(InactiveProjectSchema, type, fields)
  );
}

function encodeFrom(
  schema: DescMessage,
  type: string,
  fields: JsonValue,
): { type: string; value: Uint8Array } | undefined {
  if (type !== schema.typeName) return undefined;
  try {
    return {
      type,
      value: toBinary(schema, messageFromJson(schema, fields)),
    };
  } catch {
    return undefined;
  }
}
