import type { DescFile } from "@bufbuild/protobuf";

import { httpOption } from "./write-file.js";

/** The file of an option, which is not needed to know the option's bytes: gen/ leaves it out of what files import. */
export const optionFile = "google/api/annotations";

/**
 * Compares all that can be reached from two descriptors of a file: every property, whether it is the object's own,
 * and what its functions return.
 *
 * @param expected as protobuf-es makes it from what protoc-gen-es writes
 * @param seen what was compared before
 * @throws Error where they differ, but for the import of an option's file, the options of the file itself and
 *   the routes of methods
 */
export function expectSameFile(
  expected: DescFile,
  actual: DescFile,
  seen: Map<object, unknown> = new Map<object, unknown>(),
): void {
  expectSame(expected, actual, expected.name, seen);
}

function expectSame(
  expected: unknown,
  actual: unknown,
  path: string,
  seen: Map<object, unknown>,
): void {
  if (!isObject(expected) || !isObject(actual)) {
    if (!Object.is(expected, actual)) throw difference(path, expected, actual);
    return;
  }
  if (seen.has(expected)) {
    if (seen.get(expected) !== actual)
      throw difference(path, "the same object as before", "another");
    return;
  }
  seen.set(expected, actual);
  if (Array.isArray(expected) !== Array.isArray(actual)) throw difference(path, expected, actual);
  const keys = keysOf(expected).filter((key) => !isLeftOut(expected, key));
  const otherKeys = keysOf(actual);
  if (String(keys) !== String(otherKeys)) throw difference(path, keys, otherKeys);
  for (const key of keys) {
    const place = `${path}.${key}`;
    if (Object.hasOwn(expected, key) !== Object.hasOwn(actual, key)) {
      throw difference(place, "the object's own", "inherited, or the reverse");
    }
    const value = expected[key];
    const other = actual[key];
    if (typeof value === "function" && typeof other === "function") {
      expectSame(value.call(expected), other.call(actual), `${place}()`, seen);
    } else {
      expectSame(withoutOptionFile(key, value), other, place, seen);
    }
  }
}

function difference(path: string, expected: unknown, actual: unknown): Error {
  return new Error(`${path} should be ${String(expected)}, and is ${String(actual)}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Whether it is the options of a file, which are for other languages, or the route of a method, which gen/ has in a table. */
function isLeftOut(object: Record<string, unknown>, key: string): boolean {
  const { $typeName, [key]: value } = object;
  if (key === "$unknown") return isHttpOption(value);
  if (key !== "options") return false;
  if ($typeName === "google.protobuf.FileDescriptorProto") return true;
  // Options that hold nothing but a route are left out as a whole.
  return isObject(value) && isHttpOption(value["$unknown"]) && value["deprecated"] === false;
}

function isHttpOption(unknown: unknown): boolean {
  if (!Array.isArray(unknown)) return false;
  const fields: readonly unknown[] = unknown;
  return fields.every((field) => isObject(field) && field["no"] === httpOption);
}

/** The names of an object's properties, and of those that its prototype holds for fields that are unset. */
function keysOf(object: object): string[] {
  const keys: string[] = [];
  for (const key in object) keys.push(key);
  return keys.sort();
}

function withoutOptionFile(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list: readonly unknown[] = value;
  if (key === "dependency") return list.filter((name) => name !== `${optionFile}.proto`);
  if (key !== "dependencies") return value;
  return list.filter((file) => !isObject(file) || file["name"] !== optionFile);
}
