import { create } from "@bufbuild/protobuf";

import {
  type BindingData,
  BindingDataCollectionSchema,
  BindingDataMapSchema,
  BindingDataSchema,
} from "../../../../../gen/flyteidl/core/literals_pb.js";
import {
  type LiteralType,
  LiteralTypeSchema,
  type UnionType,
} from "../../../../../gen/flyteidl/core/types_pb.js";
import { messageText } from "../../../go-format/index.js";
import {
  ambiguousVariant,
  CompileErrors,
  mismatchingBindings,
  noVariant,
} from "../errors/index.js";
import type { BindingContext, ResolvedBinding } from "./binding-context.js";
import { checkConstant } from "./constant.js";
import { resolvePromise } from "./promise.js";

/** Checks the value that is bound to an input of this type. Nothing is returned for a mistake. */
export function checkBinding(
  context: BindingContext,
  data: BindingData,
  expected: LiteralType | undefined,
): ResolvedBinding | undefined {
  const { value } = data;
  if (value.case === "scalar") return checkConstant(context, value.value, expected);
  if (value.case === "promise") return resolvePromise(context, value.value, expected);
  const kind = expected?.type;
  if (kind?.case === "unionType") return checkVariants(context, data, expected, kind.value);
  if (value.case === "collection" && kind?.case === "collectionType") {
    return checkItems(context, value.value.bindings, "collectionType", kind.value);
  }
  if (value.case === "map" && kind?.case === "mapValueType") {
    return checkItems(context, Object.values(value.value.bindings), "mapValueType", kind.value);
  }
  const { node, input, errors } = context;
  errors.collect(mismatchingBindings(node.message.id, input, expected, itemsText(data)));
  return undefined;
}

function itemsText({ value }: BindingData): string {
  if (value.case === "collection") return messageText(BindingDataCollectionSchema, value.value);
  return value.case === "map" ? messageText(BindingDataMapSchema, value.value) : "";
}

/** A list or map of bindings must fit exactly one variant. */
function checkVariants(
  context: BindingContext,
  data: BindingData,
  expected: LiteralType | undefined,
  { variants }: UnionType,
): ResolvedBinding | undefined {
  const nodeId = context.node.message.id;
  const text = messageText(BindingDataSchema, data);
  const fits = variants.flatMap((variant) => {
    const resolved = checkBinding({ ...context, errors: new CompileErrors() }, data, variant);
    return resolved === undefined ? [] : [{ variant, resolved }];
  });
  const [first, second] = fits;
  if (first === undefined) {
    context.errors.collect(noVariant(nodeId, context.input, expected, text));
    return undefined;
  }
  if (second === undefined) return first.resolved;
  const both = [first.variant, second.variant] as const;
  context.errors.collect(ambiguousVariant(nodeId, context.input, expected, text, both));
  return undefined;
}

function checkItems(
  context: BindingContext,
  items: readonly BindingData[],
  kind: "collectionType" | "mapValueType",
  expected: LiteralType,
): ResolvedBinding | undefined {
  const isClean = context.errors.startCheck();
  const resolved = items
    .map((item) => checkBinding(context, item, expected))
    .filter((item) => item !== undefined);
  if (!isClean()) return undefined;
  const value = resolved.at(-1)?.type ?? create(LiteralTypeSchema);
  return {
    type: create(LiteralTypeSchema, { type: { case: kind, value } }),
    upstream: resolved.flatMap(({ upstream }) => upstream),
  };
}
