import {
  create,
  type DescField,
  type DescMessage,
  type DescOneof,
  type Message,
  ScalarType,
} from "@bufbuild/protobuf";
import { scalarZeroValue } from "@bufbuild/protobuf/reflect";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";

/** A message while it is read: what its fields hold follows from its descriptor. */
export type OpenMessage = Message & Record<string, unknown>;

/** How a message type is read. */
export interface MessagePlan {
  readonly desc: DescMessage;
  /** Whether its rules are those of proto3; the types of others are left to protobuf-es. */
  readonly isProto3: boolean;
  /** The fields by their number. */
  readonly fields: readonly (FieldPlan | undefined)[];
  /** Makes a message without content. */
  readonly create: () => OpenMessage;
}

/** How a field is read. */
export interface FieldPlan {
  readonly name: string;
  /** The name of its oneof. */
  readonly oneof: string | undefined;
  readonly shape: "scalar" | "message" | "list" | "map";
  /** The type of the value, of each item, or of each value of a map; `undefined` for messages. */
  readonly scalar: ScalarType | undefined;
  /** The type of a map's keys. */
  readonly key: ScalarType;
  /** How protobuf-es keeps a message in this place. */
  readonly form: "message" | "struct" | "wrapper";
  /** How its messages are read. @throws Error when it has none. */
  readonly messages: () => MessagePlan;
}

/** Gives the plan of a message type, which is made when it is first asked for. */
export type PlanOf = (desc: DescMessage) => MessagePlan;

/** Keeps the plans of all types that were asked for, as long as their descriptors live. */
export function createPlans(): PlanOf {
  const plans = new WeakMap<DescMessage, MessagePlan>();
  const planOf: PlanOf = (desc) => {
    let plan = plans.get(desc);
    if (plan === undefined) {
      plan = messagePlan(desc, planOf);
      plans.set(desc, plan);
    }
    return plan;
  };
  return planOf;
}

/** `Edition.EDITION_PROTO3`, whose enum would bring the descriptor of descriptors with it. */
const proto3 = 999;
/** `FeatureSet_FieldPresence.IMPLICIT`. */
const implicit = 2;

function messagePlan(desc: DescMessage, planOf: PlanOf): MessagePlan {
  const hasLongText = desc.fields.some((field) => "longAsString" in field && field.longAsString);
  const edition: number = desc.file.edition;
  const isProto3 = edition === proto3 && !hasLongText;
  const fields: FieldPlan[] = [];
  for (const field of desc.fields) fields[field.number] = fieldPlan(field, planOf);
  return {
    desc,
    isProto3,
    fields,
    create: isProto3 ? creatorOf(desc) : () => create(desc),
  };
}

function fieldPlan(field: DescField, planOf: PlanOf): FieldPlan {
  const { message } = field;
  let plan: MessagePlan | undefined;
  return {
    name: field.localName,
    oneof: field.oneof?.localName,
    shape: field.fieldKind === "enum" ? "scalar" : field.fieldKind,
    scalar: field.enum === undefined ? field.scalar : ScalarType.INT32,
    key: field.fieldKind === "map" ? field.mapKey : ScalarType.STRING,
    form: formOf(field),
    messages: () => {
      if (message === undefined) throw new Error(`${field.toString()} holds no messages`);
      return (plan ??= planOf(message));
    },
  };
}

function formOf({ fieldKind, oneof, message, parent }: DescField): FieldPlan["form"] {
  if (message === undefined) return "message";
  if (fieldKind === "message" && oneof === undefined && isWrapperDesc(message)) return "wrapper";
  const isStruct = message.typeName === "google.protobuf.Struct";
  return isStruct && parent.typeName !== "google.protobuf.Value" ? "struct" : "message";
}

/** Messages of one type all get the same names in the same order, which keeps them fast. */
function creatorOf({ typeName, members }: DescMessage): () => OpenMessage {
  const zeros = members
    .filter((member) => member.kind === "oneof" || presenceOf(member) === implicit)
    .map((member) => ({ name: member.localName, zero: zeroOf(member) }));
  return () => {
    const message: OpenMessage = { $typeName: typeName };
    for (const { name, zero } of zeros) message[name] = isMaker(zero) ? zero() : zero;
    return message;
  };
}

function presenceOf({ presence }: DescField): number {
  return presence;
}

function isMaker(zero: unknown): zero is () => unknown {
  return typeof zero === "function";
}

/** What a field without content holds; a function where each message needs its own. */
function zeroOf(member: DescField | DescOneof): unknown {
  if (member.kind === "oneof") return () => ({ case: undefined });
  switch (member.fieldKind) {
    case "list":
      return () => [];
    case "map":
      return () => ({});
    case "scalar":
      return member.scalar === ScalarType.BYTES
        ? () => new Uint8Array(0)
        : scalarZeroValue(member.scalar, false);
    default:
      return 0;
  }
}
