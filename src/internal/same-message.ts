import type { Message } from "@bufbuild/protobuf";

/**
 * Whether two messages of the same type say the same, apart from fields that are unknown. A NaN is
 * no other NaN's equal. protobuf's own `equals` also looks into options and Any, which costs a page
 * more than all that is compared here is worth.
 */
export function sameMessage<Type extends Message>(left: Type, right: Type): boolean {
  return isSame(left, right);
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  const values = new Map<string, unknown>(Object.entries(left));
  const others = new Map<string, unknown>(Object.entries(right));
  return [...values.keys(), ...others.keys()].every(
    (key) => key === "$unknown" || isSame(values.get(key), others.get(key)),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
