import { create } from "@bufbuild/protobuf";

import {
  type BlobType,
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
  type UnionType,
} from "../../../../gen/flyteidl/core/types_pb.js";
import { messageText } from "../../go-format/index.js";
import { isDatasetCastable } from "./dataset-castable.js";
import { isStructCastable } from "./struct-castable.js";

/** Whether a value of one type may be where the other is wanted, by the rules of Flyte's compiler. */
export function isCastable(from: LiteralType | undefined, to: LiteralType | undefined): boolean {
  const variants = unionOf(from)?.variants ?? [];
  return (variants.length === 1 && castsTo(variants[0], to)) || castsTo(from, to);
}

function castsTo(from: LiteralType | undefined, to: LiteralType | undefined): boolean {
  const target = to?.type;
  switch (target?.case) {
    case "collectionType":
      return castsItems("collectionType", from, target.value);
    case "mapValueType":
      return castsItems("mapValueType", from, target.value);
    case "unionType":
      return castsToUnion(from, target.value);
    case "blob":
      return castsBlob(from, target.value);
    case "schema":
    case "structuredDatasetType":
      return isDatasetCastable(from, to, castsTo);
    default:
      return isNone(to) ? isNone(from) : castsTrivially(from, to);
  }
}

/** An empty list or map fits any. */
function castsItems(
  kind: "collectionType" | "mapValueType",
  from: LiteralType | undefined,
  item: LiteralType,
): boolean {
  if (from?.type.case !== kind) return false;
  return isNone(from.type.value) || castsTo(from.type.value, item);
}

/** Blobs of the same format fit, and one without a format fits any. */
function castsBlob(from: LiteralType | undefined, to: BlobType): boolean {
  if (from?.type.case !== "blob") return false;
  const { format } = from.type.value;
  return format === "" || to.format === "" || format === to.format;
}

/** A union must fit variant by variant; any other type must fit exactly one. */
function castsToUnion(from: LiteralType | undefined, to: UnionType): boolean {
  const union = unionOf(from);
  if (union !== undefined) {
    return union.variants.every((variant) =>
      to.variants.some((candidate) => isCastable(variant, candidate)),
    );
  }
  return to.variants.filter((candidate) => isCastable(from, candidate)).length === 1;
}

/** Equal types fit, and enums stand for strings both ways. */
function castsTrivially(from: LiteralType | undefined, to: LiteralType | undefined): boolean {
  if (from?.type.case === "enumType" && isString(to)) return true;
  if (to?.type.case === "enumType" && isString(from)) return true;
  const tag = from?.structure?.tag ?? "";
  if (tag !== "" && tag !== (to?.structure?.tag ?? "")) return false;
  if (isSimple(from, SimpleType.STRUCT) && isSimple(to, SimpleType.STRUCT)) {
    return isStructCastable(from?.metadata, to?.metadata);
  }
  return bareText(from) === bareText(to);
}

/** A type's text without what does not count: metadata, annotation and structure. */
function bareText(type: LiteralType | undefined): string {
  const bare = create(LiteralTypeSchema);
  if (type !== undefined) bare.type = type.type;
  return messageText(LiteralTypeSchema, bare);
}

function unionOf(type: LiteralType | undefined): UnionType | undefined {
  return type?.type.case === "unionType" ? type.type.value : undefined;
}

function isNone(type: LiteralType | undefined): boolean {
  return isSimple(type, SimpleType.NONE);
}

function isString(type: LiteralType | undefined): boolean {
  return isSimple(type, SimpleType.STRING);
}

function isSimple(type: LiteralType | undefined, simple: SimpleType): boolean {
  return type?.type.case === "simple" && type.type.value === simple;
}
