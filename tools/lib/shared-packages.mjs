import { inProject, readJson } from "./project.mjs";

/** The packages whose types are in this package's own: two copies of them do not fit together. */
export const sharedPackages = [
  "@bufbuild/protobuf",
  "@connectrpc/connect",
  "@connectrpc/connect-node",
  "@connectrpc/connect-web",
];

/**
 * The ranges in which package.json asks for them.
 * @returns {Record<string, string>}
 */
export function sharedRanges() {
  const { dependencies } = readJson(inProject("package.json"));
  return Object.fromEntries(sharedPackages.map((name) => [name, dependencies[name]]));
}

/**
 * The oldest versions in range.
 * @returns {Record<string, string>}
 */
export function sharedFloors() {
  return Object.fromEntries(
    Object.entries(sharedRanges()).map(([name, range]) => {
      const floor = /^\^(\d+\.\d+\.\d+)$/.exec(range)?.[1];
      if (floor === undefined) throw new Error(`${name} must have a caret range, not ${range}`);
      return [name, floor];
    }),
  );
}

/**
 * A version that is installed.
 * @param {string} name
 * @returns {string}
 */
export function installedVersion(name) {
  return readJson(inProject("node_modules", name, "package.json")).version;
}
