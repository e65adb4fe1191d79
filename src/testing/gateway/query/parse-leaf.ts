import {
  create,
  type DescEnum,
  type DescMessage,
  fromJsonString,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import {
  BoolValueSchema,
  BytesValueSchema,
  DoubleValueSchema,
  DurationSchema,
  FieldMaskSchema,
  FloatValueSchema,
  Int32ValueSchema,
  Int64ValueSchema,
  StringValueSchema,
  StructSchema,
  TimestampSchema,
  UInt32ValueSchema,
  UInt64ValueSchema,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import type { ScalarValue } from "@bufbuild/protobuf/reflect";

import { isText } from "../percent.js";
import { parseBase64 } from "./base64.js";
import { FieldFault } from "./field-fault.js";
import { parseBoolean, parseFloating, parseInteger } from "./go-numbers.js";
import { parseGoDuration, parseGoTime } from "./go-times.js";

/** A text that was no UTF-8. The server finds out only when it passes the message on. */
export class InvalidText extends Error {
  constructor() {
    super("grpc: error while marshaling: string field contains invalid UTF-8");
    this.name = "InvalidText";
  }
}

/** Reads a scalar from the text of a parameter. */
export function parseScalar(scalar: ScalarType, text: string): ScalarValue {
  switch (scalar) {
    case ScalarType.STRING:
      if (!isText(text)) throw new InvalidText();
      return text;
    case ScalarType.BOOL:
      return parseBoolean(text);
    case ScalarType.BYTES:
      return parseBase64(text);
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return parseFloating(text);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return Number(parseInteger(text, 32, true));
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return Number(parseInteger(text, 32, false));
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return parseInteger(text, 64, true);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return parseInteger(text, 64, false);
  }
}

/** Reads an enum from a value's exact name or its number; unknown ones are refused. */
export function parseEnum(desc: DescEnum, text: string): number {
  const number = /^[+-]?[0-9]+$/.test(text) ? Number(text) : undefined;
  const value =
    desc.values.find((candidate) => candidate.name === text) ??
    desc.values.find((candidate) => candidate.number === number);
  if (value === undefined) throw new FieldFault(`${JSON.stringify(text)} is not a valid value`);
  return value.number;
}

/** Reads a message from one parameter, which only the well-known types allow. */
export function parseMessage(desc: DescMessage, text: string): Message {
  switch (desc.typeName) {
    case TimestampSchema.typeName:
      return parseGoTime(text);
    case DurationSchema.typeName:
      return parseGoDuration(text);
    case DoubleValueSchema.typeName:
      return create(DoubleValueSchema, { value: parseFloating(text) });
    case FloatValueSchema.typeName:
      return create(FloatValueSchema, { value: parseFloating(text) });
    case Int64ValueSchema.typeName:
      return create(Int64ValueSchema, { value: parseInteger(text, 64, true) });
    case UInt64ValueSchema.typeName:
      return create(UInt64ValueSchema, { value: parseInteger(text, 64, false) });
    case Int32ValueSchema.typeName:
      return create(Int32ValueSchema, { value: Number(parseInteger(text, 32, true)) });
    case UInt32ValueSchema.typeName:
      return create(UInt32ValueSchema, { value: Number(parseInteger(text, 32, false)) });
    case BoolValueSchema.typeName:
      return create(BoolValueSchema, { value: parseBoolean(text) });
    case StringValueSchema.typeName:
      return create(StringValueSchema, { value: text });
    case BytesValueSchema.typeName:
      return create(BytesValueSchema, { value: parseBase64(text) });
    case FieldMaskSchema.typeName:
      return create(FieldMaskSchema, { paths: text.split(",") });
    case ValueSchema.typeName:
      return parseJsonLeaf(ValueSchema, text);
    case StructSchema.typeName:
      return parseJsonLeaf(StructSchema, text);
    default:
      throw new FieldFault(`unsupported message type: ${JSON.stringify(desc.typeName)}`);
  }
}

function parseJsonLeaf(desc: DescMessage, text: string): Message {
  try {
    return fromJsonString(desc, text);
  } catch {
    throw new FieldFault(`proto: syntax error (line 1:1): invalid value ${text}`);
  }
}
