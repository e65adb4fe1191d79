import { mkdir, writeFile } from "node:fs/promises";

import { runJest } from "./jest.mjs";
import { inProject } from "./project.mjs";
import { run } from "./run.mjs";
import {
  installedVersion,
  sharedFloors,
  sharedPackages,
  sharedRanges,
} from "./shared-packages.mjs";
import { addUp, expectOk } from "./steps.mjs";

/**
 * The newest versions in range that the registry has, or `undefined` where it cannot be asked.
 * @returns {Promise<Record<string, string> | undefined>}
 */
async function newestVersions() {
  const ranges = Object.entries(sharedRanges());
  const found = await Promise.all(
    ranges.map(async ([name, range]) => {
      const args = ["view", `${name}@${range}`, "version", "--json"];
      const ended = await run("npm", args, { timeoutMs: 60_000 });
      if (!ended.ok) return undefined;
      /** @type {unknown} */
      const versions = JSON.parse(ended.stdout);
      return [name, Array.isArray(versions) ? versions.at(-1) : versions];
    }),
  );
  return found.includes(undefined)
    ? undefined
    : Object.fromEntries(found.filter((each) => each !== undefined));
}

/**
 * Runs the tests of jest.versions.config.js on these versions.
 * @param {Record<string, string>} versions
 */
async function runOn(versions) {
  const texts = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const folder = inProject(".tmp", "versions", texts.join("_").replace(/[^\w.-]+/g, "-"));
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, '{ "private": true }');
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--save-exact"];
  expectOk(await run("npm", ["install", ...flags, ...texts], { cwd: folder }));
  return runJest("jest.versions.config.js", { VERSIONS_FOLDER: folder });
}

/**
 * Runs the tests of descriptors, wires and behaviour on the oldest protobuf and Connect in range and on the newest,
 * where these are not the installed ones, which all tests run on.
 * @param {Record<string, string>} [asked] other versions to run on
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
export async function runVersionsTests(asked) {
  const newest = await newestVersions();
  const sets = asked === undefined ? { oldest: sharedFloors(), newest } : { asked };
  /** @type {import("./steps.mjs").Counts[]} */
  const counts = [];
  /** @type {Set<string>} */
  const done = new Set([sharedPackages.map(installedVersion).join()]);
  for (const [title, versions] of Object.entries(sets)) {
    if (versions === undefined) {
      console.log(`skip  ${title}: the registry does not answer`);
      counts.push({ passed: 0, failed: 0, skipped: 1 });
      continue;
    }
    const text = Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ");
    const key = Object.values(versions).join();
    if (done.has(key)) {
      console.log(`same  ${title}: ${text}, which the other tests run on`);
      continue;
    }
    done.add(key);
    console.log(`run   ${title}: ${text}`);
    counts.push(await runOn(versions));
  }
  return addUp(counts);
}
