/* global fetch, URLSearchParams */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";

import { ensureBuilt } from "./build.mjs";
import { createBuiltServer } from "./built-server.mjs";
import { findUnusedPort } from "./loopback.mjs";
import { pack } from "./pack.mjs";
import { inProject } from "./project.mjs";
import { run, start } from "./run.mjs";
import { expectOk, runSteps } from "./steps.mjs";
import { inApp } from "./user-app.mjs";

/**
 * A runtime that comes as an npm package with nothing but its program.
 * @typedef {object} Runtime
 * @property {string} title
 * @property {string} package its name and version on the registry, for this machine
 * @property {string} program where the program is in it
 * @property {readonly string[]} [args] what is before the file to run
 */

const { platform, arch } = process;
const denoPlatform = platform === "linux" ? `linux-${arch}-glibc` : `${platform}-${arch}`;
const bunArch = arch === "arm64" ? "aarch64" : arch;
const workerdPackage = `@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}`;

/** @type {readonly Runtime[]} */
const runtimes = [
  ...[20, 22, 24, 26].map((version) => ({
    title: `Node ${version}`,
    package: `node-${platform}-${arch}@${version}`,
    program: "bin/node",
  })),
  { title: "Bun", package: `@oven/bun-${platform}-${bunArch}`, program: "bin/bun" },
  {
    title: "Deno",
    package: `@deno/${denoPlatform}`,
    program: "deno",
    args: [
      "run",
      "--allow-net",
      "--allow-env",
      "--allow-read",
      "--allow-sys",
      "--node-modules-dir=manual",
      "--no-lock",
    ],
  },
];

const attempts = 1000;
const expected = `{"error":${attempts - 1},"outputUri":1} true true true\n`;
const installFlags = [
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--prefer-offline",
  "--no-save",
];

/**
 * The program of a runtime, from the npm registry; kept, so that it comes but once.
 * @param {string} packageName with its version
 * @param {string} program
 * @returns {Promise<string | undefined>} `undefined` when it cannot be had
 */
async function fetchProgram(packageName, program) {
  const folder = inProject(".tmp", "runtimes", packageName.replace(/[^\w.-]+/g, "_"));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }');
  const args = ["install", ...installFlags, packageName];
  const ended = await run("npm", args, { cwd: folder });
  const name = packageName.replace(/(?!^)@[^/]*$/, "");
  return ended.ok ? join(folder, "node_modules", ...name.split("/"), program) : undefined;
}

/**
 * Runs the check in a worker of workerd, bundled as an edge platform would bundle it.
 * @param {string} program
 * @param {string} folder
 * @param {{ httpUrl: string; nobody: string }} urls
 */
async function checkInWorker(program, folder, { httpUrl, nobody }) {
  const port = await findUnusedPort();
  await build({
    entryPoints: [join(folder, "worker.mjs")],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["workerd", "worker"],
    target: "es2022",
    logLevel: "silent",
  });
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = (
        modules = [( name = "worker", esModule = embed "worker.js" )],
        compatibilityDate = "2025-01-01", globalOutbound = "network" ) ),
    ( name = "network", network = ( allow = ["public", "private", "local"] ) ),
  ],
  sockets = [( name = "http", address = "127.0.0.1:${port}", http = (), service = "main" )],
);
`;
  await writeFile(join(folder, "worker.capnp"), config);
  const worker = start(program, ["serve", join(folder, "worker.capnp")], { cwd: folder });
  try {
    const query = new URLSearchParams({ server: httpUrl, nobody });
    const answer = await whenUp(`http://127.0.0.1:${port}/?${query}`);
    if (`${answer}\n` !== expected) throw new Error(`it answered: ${answer}`);
  } finally {
    worker.stop();
  }
}

/**
 * The answer of a server that is about to listen.
 * @param {string} url
 */
async function whenUp(url) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/**
 * Runs one step for each runtime: the package, installed from its tarball, lists and fails there as it should.
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
export async function runRuntimes() {
  await ensureBuilt();
  const programs = ["runtime-check.mjs", "runtime.mjs", "worker.mjs"];
  const files = programs.map((name) => `test/package/${name}`);
  return inApp({ tarball: await pack(), files }, runIn);
}

/**
 * @param {string} folder of the app
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
async function runIn(folder) {
  const server = await (await createBuiltServer(attempts)).listen();
  const { httpUrl, grpcUrl } = server;
  const nobody = `http://127.0.0.1:${await findUnusedPort()}`;

  /** @type {import("./steps.mjs").Step[]} */
  const steps = runtimes.map(({ title, package: packageName, program, args = [] }) => ({
    title: `runtime: ${title}`,
    run: async () => {
      const path = await fetchProgram(packageName, program);
      if (path === undefined) return { skipped: `${packageName} cannot be installed here` };
      const file = join(folder, "runtime.mjs");
      const ended = await run(path, [...args, file, httpUrl, grpcUrl, nobody], { cwd: folder });
      expectOk(ended);
      if (ended.stdout !== expected + expected) throw new Error(`it printed:\n${ended.output}`);
      return undefined;
    },
  }));
  steps.push({
    title: "runtime: workerd, a worker on the edge",
    run: async () => {
      const path = await fetchProgram(workerdPackage, "bin/workerd");
      if (path === undefined) return { skipped: `${workerdPackage} cannot be installed here` };
      await checkInWorker(path, folder, { httpUrl, nobody });
      return undefined;
    },
  });
  try {
    return await runSteps(steps);
  } finally {
    await server.close();
  }
}
