import { run } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** Everything outside dist/ that npm packs. A new page of docs needs no line here, any other file does. */
const topFiles = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "docs/bench/items-by-delay.svg",
  "docs/dashboard.png",
  "llms.txt",
  "package.json",
];
const pages = /^docs\/(?:guides\/)?[a-z-]+\.md$/;
const modules = /^dist\/(?:esm|cjs)\/(?:src|gen|chunks)\/[\w./-]+\.(?:js|js\.map|d\.ts)$/;
const manifests = /^dist\/(?:esm|cjs)\/package\.json$/;
/** Of the packages that are inside. */
const licenses = /^dist\/(?:esm|cjs)\/[a-z-]+\.LICENSE$/;

/** A third more than the package had when this was written: bytes, half of them source maps, and files. */
const maxPackedBytes = 3_500_000;
const maxUnpackedBytes = 14_000_000;
const maxFiles = 370;

/**
 * The files that npm would publish.
 * @typedef {object} Packed
 * @property {number} size of the tarball, in bytes
 * @property {number} unpackedSize in bytes
 * @property {{ path: string; size: number }[]} files
 */

/**
 * Lists what npm would publish of the package as it is built.
 * @returns {Promise<Packed>}
 */
export async function packedFiles() {
  const ended = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"]);
  expectOk(ended);
  const [packed] = JSON.parse(ended.stdout);
  return packed;
}

/**
 * Fails when npm would publish a file that nobody decided on, leave one out, or publish too much.
 * @returns {Promise<void>}
 */
export async function checkPackedFiles() {
  const problems = problemsOf(await packedFiles());
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/**
 * @param {Packed} packed
 * @returns {string[]}
 */
export function problemsOf({ files, size, unpackedSize }) {
  const paths = new Set(files.map(({ path }) => path));
  const isExpected = (/** @type {string} */ path) =>
    topFiles.includes(path) ||
    [pages, modules, manifests, licenses].some((pattern) => pattern.test(path));
  return [
    ...[...paths]
      .filter((path) => !isExpected(path))
      .map((path) => `${path} is packed. Leave it out, or list it in tools/lib/packed-files.mjs.`),
    ...topFiles
      .filter((path) => !paths.has(path))
      .map((path) => `${path} is not packed. Add it to "files" of package.json.`),
    ...[modules, pages]
      .filter((pattern) => ![...paths].some((path) => pattern.test(path)))
      .map((pattern) => `Nothing that matches ${pattern} is packed.`),
    ...tooLarge("The tarball", size, maxPackedBytes),
    ...tooLarge("The package, unpacked,", unpackedSize, maxUnpackedBytes),
    ...(paths.size > maxFiles
      ? [
          `The package has ${paths.size} files. The limit is ${maxFiles}: Node reads them one by one.`,
        ]
      : []),
  ];
}

/**
 * @param {string} what
 * @param {number} bytes
 * @param {number} maxBytes
 */
function tooLarge(what, bytes, maxBytes) {
  return bytes > maxBytes ? [`${what} has ${bytes} bytes. The limit is ${maxBytes}.`] : [];
}
