import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pack } from "./pack.mjs";
import { inProject, readJson } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";
import { installedVersion, sharedFloors, sharedPackages } from "./shared-packages.mjs";
import { inApp } from "./user-app.mjs";

/**
 * Packs the installed packages under versions that no registry has: later than all, and still in range.
 * @param {string} folder where the tarballs go
 * @returns {Promise<Record<string, string>>} what an app depends on
 */
async function packLaterVersions(folder) {
  /** @type {[string, string][]} */
  const versions = sharedPackages.map((name) => {
    return [name, installedVersion(name).replace(/^(\d+)\..*/, "$1.999.0")];
  });
  const later = Object.fromEntries(versions);
  /** @type {Record<string, string>} */
  const dependencies = {};
  for (const [name, version] of versions) {
    const copy = join(folder, name);
    await cp(inProject("node_modules", name), copy, { recursive: true });
    const manifest = readJson(join(copy, "package.json"));
    const peers = Object.entries(manifest.peerDependencies ?? {}).map(([peer, range]) => [
      peer,
      // connect-web and connect-node ask for the connect of their own release.
      peer.startsWith("@connectrpc/") ? later[peer] : range,
    ]);
    const changed = { ...manifest, version, peerDependencies: Object.fromEntries(peers) };
    await writeFile(join(copy, "package.json"), JSON.stringify(changed));
    dependencies[name] = `file:${await pack({ of: copy, into: folder })}`;
  }
  return dependencies;
}

/**
 * The installed copies of the shared packages.
 * @param {string} folder that may hold node_modules
 * @returns {Promise<string[]>} each as name@version, with one entry for each copy
 */
async function copiesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.name === "package.json")
    .flatMap(({ parentPath }) => {
      const owner = sharedPackages.find((name) => parentPath.endsWith(`node_modules/${name}`));
      return owner === undefined
        ? []
        : [`${owner}@${readJson(join(parentPath, "package.json")).version}`];
    })
    .sort();
}

/**
 * Installs the package into an app that has these dependencies, counts the copies and runs a program.
 * @param {string} tarball
 * @param {Record<string, string>} dependencies
 * @param {(name: string, version: string) => boolean} isTheirs whether a copy is the app's own choice
 */
async function expectOneCopyEach(tarball, dependencies, isTheirs) {
  const app = { tarball, manifest: { dependencies }, files: ["test/package/list.mjs"] };
  await inApp(app, async (folder) => {
    const copies = await copiesUnder(folder);
    const theirs = copies.every((copy) => {
      const at = copy.lastIndexOf("@");
      return isTheirs(copy.slice(0, at), copy.slice(at + 1));
    });
    if (copies.length !== sharedPackages.length || !theirs) {
      throw new Error(
        `the app has ${copies.join(", ")}, and asked for ${JSON.stringify(dependencies)}`,
      );
    }
    expectOk(await runNode(join(folder, "list.mjs"), [], { cwd: folder }));
  });
}

/**
 * One step for each app that brings its own protobuf and Connect: it must end with one copy of each.
 * @param {() => Promise<string>} packed returns the tarball
 * @returns {import("./steps.mjs").Step[]}
 */
export function copiesTests(packed) {
  const floors = sharedFloors();
  return [
    {
      title: "copies: an app with the oldest protobuf and Connect in range has one copy of each",
      run: async () =>
        expectOneCopyEach(await packed(), floors, (name, version) => version === floors[name]),
    },
    {
      title: "copies: an app with later protobuf and Connect than any yet has one copy of each",
      run: async () => {
        const folder = await mkdtemp(join(tmpdir(), "flyte-admin-client-later-"));
        try {
          const later = await packLaterVersions(folder);
          await expectOneCopyEach(await packed(), later, (_, version) =>
            version.endsWith(".999.0"),
          );
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    },
  ];
}
