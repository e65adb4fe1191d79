/** @import { DescFile } from "@bufbuild/protobuf" */

/** The file of an option, which is not needed to know the option's bytes: a build leaves it out of what files import. */
export const optionFile = "google/api/annotations";

/**
 * Compares all that can be reached from two descriptors of a file: every property, whether it is the object's own,
 * and what its functions give.
 * @param {DescFile} expected as protobuf hydrates it
 * @param {DescFile} actual
 * @param {Map<object, unknown>} [seen] what was compared before
 * @returns {void}
 * @throws Error where they differ, but for the import of an option's file, and for the options of the file itself
 */
export function expectSameFile(expected, actual, seen = new Map()) {
  expectSame(expected, actual, expected.name, seen);
}

/**
 * @param {unknown} expected
 * @param {unknown} actual
 * @param {string} path
 * @param {Map<object, unknown>} seen
 * @returns {void}
 */
function expectSame(expected, actual, path, seen) {
  if (!isObject(expected) || !isObject(actual)) {
    if (!Object.is(expected, actual)) throw differs(path, expected, actual);
    return;
  }
  if (seen.has(expected)) {
    if (seen.get(expected) !== actual) throw differs(path, "the same object as before", "another");
    return;
  }
  seen.set(expected, actual);
  if (Array.isArray(expected) !== Array.isArray(actual)) throw differs(path, expected, actual);
  const keys = keysOf(expected).filter((key) => !isFileOption(expected, key));
  const otherKeys = keysOf(actual).filter((key) => !isNewer(expected, actual, key));
  if (String(keys) !== String(otherKeys)) throw differs(path, keys, otherKeys);
  for (const key of keys) {
    const place = `${path}.${key}`;
    if (Object.hasOwn(expected, key) !== Object.hasOwn(actual, key)) {
      throw differs(place, "the object's own", "not, or the reverse");
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

/** @param {string} path @param {unknown} expected @param {unknown} actual */
function differs(path, expected, actual) {
  return new Error(`${path} should be ${String(expected)}, and is ${String(actual)}`);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/**
 * Whether it is the options of a file, which are for other languages.
 * @param {Record<string, unknown>} object
 * @param {string} key
 */
function isFileOption(object, key) {
  return key === "options" && object["$typeName"] === "google.protobuf.FileDescriptorProto";
}

/**
 * Whether it is the name that an enum's value has in JSON, which a protobuf that is older does not tell: it is
 * the value's name.
 * @param {Record<string, unknown>} expected
 * @param {Record<string, unknown>} actual
 * @param {string} key
 */
function isNewer(expected, actual, key) {
  return (
    key === "jsonName" &&
    expected["kind"] === "enum_value" &&
    !("jsonName" in expected) &&
    actual["jsonName"] === expected["name"]
  );
}

/**
 * The names of an object's properties, and of those that its prototype holds for fields that are unset.
 * @param {object} object
 */
function keysOf(object) {
  const keys = [];
  for (const key in object) keys.push(key);
  return keys.sort();
}

/** @param {string} key @param {unknown} value */
function withoutOptionFile(key, value) {
  if (key === "dependencies" && Array.isArray(value)) {
    return value.filter(({ name }) => name !== optionFile);
  }
  if (key === "dependency" && Array.isArray(value)) {
    return value.filter((name) => name !== `${optionFile}.proto`);
  }
  return value;
}
