import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { copiesTests } from "./copies-test.mjs";
import { once } from "./once.mjs";
import { pack } from "./pack.mjs";
import { inProject, readJson, tool } from "./project.mjs";
import { run, runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";
import { inApp } from "./user-app.mjs";

const require = createRequire(import.meta.url);
const jestEnvironments = /** @type {const} */ (["node", "jsdom"]);

/**
 * An empty project of a user.
 * @typedef {object} Project
 * @property {string} title
 * @property {string} program a file of test/package/
 * @property {"module" | "commonjs"} type of its package.json
 * @property {Record<string, unknown>} [compilerOptions] for a TypeScript project: compiled, then run
 * @property {string} expected what the program prints
 */

const attempts = [
  "attempt 0 FAILED, error",
  "attempt 1 FAILED, error",
  "attempt 2 SUCCEEDED, outputUri",
];
const overEachWire = ["in process", "REST", "gRPC", "gRPC-Web"]
  .flatMap((wire) => attempts.map((attempt) => `${wire}: ${attempt}\n`))
  .join("");
const inNode = { typeRoots: [inProject("node_modules", "@types")], types: ["node"] };

const always = "@bufbuild/protobuf, @connectrpc/connect";
/** Neither what reads YAML, nor what signs in, nor a package that is inside. */
const packagesAtStart = [
  `flyte-admin-client: ${always}, flyte-admin-client`,
  `flyte-admin-client/functions: ${always}, flyte-admin-client`,
  `flyte-admin-client/node: ${always}, @connectrpc/connect-node, flyte-admin-client`,
  `flyte-admin-client/testing: ${always}, flyte-admin-client`,
];

/** @type {readonly Project[]} */
const projects = [
  { title: "an ESM project", program: "list.mjs", type: "module", expected: overEachWire },
  { title: "a CJS project", program: "list.cjs", type: "commonjs", expected: overEachWire },
  {
    title: "a project that loads the ESM and the CJS copy",
    program: "both.mjs",
    type: "module",
    expected: "true true false true\n".repeat(4),
  },
  {
    title: "a project that loads all entry points of a copy, which has each class once,",
    program: "same-classes.mjs",
    type: "module",
    expected: ["functions", "node", "grpc-web", "testing", "query", "in memory", "gen"]
      .map((each) => `${each} true\n`)
      .join("")
      .repeat(2),
  },
  {
    title: "a project that loads no more packages than calls need",
    program: "loaded-packages.mjs",
    type: "module",
    expected: ["ESM", "CJS"]
      .flatMap((form) => packagesAtStart.map((each) => `${form} ${each}\n`))
      .join(""),
  },
  {
    title: "a project that uses the descriptors, in ESM and in CJS,",
    program: "descriptors.mjs",
    type: "module",
    expected: `${[
      "true 1000",
      '{"phase":"SUCCEEDED","startedAt":"2023-11-14T22:13:20Z","updatedAt":"1970-01-01T00:00:01Z"}',
      "SUCCEEDED",
      '{"generic":{"a":[1,null,{"b":"c"}]}}',
      "flyteidl.admin.ExecutionClosure service flyteidl.service.AdminService, message flyteidl.admin.ExecutionClosure",
      "as protobuf makes them",
      "GET /api/v1/tasks/{id.project}/{id.domain}/{id.name}/{id.version}",
      "",
    ].join("\n")}`.repeat(2),
  },
  {
    title: "a TypeScript project, moduleResolution node16, ESM",
    program: "list.ts",
    type: "module",
    compilerOptions: { module: "node16", moduleResolution: "node16", ...inNode },
    expected: overEachWire,
  },
  {
    title: "a TypeScript project, moduleResolution node16, CJS",
    program: "list.ts",
    type: "commonjs",
    compilerOptions: { module: "node16", moduleResolution: "node16", ...inNode },
    expected: overEachWire,
  },
  {
    title: "a TypeScript project, moduleResolution bundler, the strictest options",
    program: "list.ts",
    type: "module",
    // The other projects compile without these.
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      ...inNode,
    },
    expected: overEachWire,
  },
  {
    title: "a TypeScript project without Node's types",
    program: "page.ts",
    type: "module",
    compilerOptions: {
      module: "esnext",
      moduleResolution: "bundler",
      types: [],
      // What `await using` needs; Node's types bring it along.
      lib: ["es2022", "dom", "esnext.disposable"],
    },
    expected: "error, error, outputUri\n",
  },
];

/**
 * Installs the packed package into an empty project and runs a program there.
 * @param {Project} project
 * @param {string} tarball
 * @returns {Promise<void>}
 */
async function tryIn({ program, type, compilerOptions, expected }, tarball) {
  const app = { tarball, manifest: { type }, files: [`test/package/${program}`] };
  await inApp(app, async (folder) => {
    if (compilerOptions !== undefined) {
      const options = { strict: true, target: "es2022", ...compilerOptions };
      await writeFile(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions: options, files: [program] }),
      );
      for (const compiler of ["typescript-next", "typescript"]) {
        expectOk(await runNode(tool(compiler, "tsc"), ["-p", folder]));
      }
    }
    const file = join(folder, program.replace(/\.ts$/, ".js"));
    const ended = await runNode(file, [], { cwd: folder });
    expectOk(ended);
    if (ended.stdout !== expected) throw new Error(`it printed:\n${ended.output}`);
  });
}

/**
 * Runs a user's test in Jest's CommonJS, in an environment of Jest.
 * @param {"node" | "jsdom"} environment
 * @param {string} tarball
 */
async function tryInJest(environment, tarball) {
  const files = ["test/package/jest.test.cjs", "test/package/jest-setup.cjs"];
  await inApp({ tarball, files }, async (folder) => {
    const config = {
      rootDir: folder,
      testEnvironment: require.resolve(`jest-environment-${environment}`),
      testMatch: ["**/*.test.cjs"],
      // Node's environment has all that it takes.
      setupFiles: environment === "jsdom" ? ["<rootDir>/jest-setup.cjs"] : [],
    };
    const args = ["--config", JSON.stringify(config), "--runInBand"];
    expectOk(await runNode(tool("jest"), args, { cwd: folder }));
  });
}

/**
 * Runs the command as npx does, in a project that installs the package.
 * @param {string} tarball
 */
async function tryCommand(tarball) {
  await inApp({ tarball }, async (folder) => {
    const { version } = readJson(inProject("package.json"));
    const npx = ["exec", "--offline", "--no", "--"];
    for (const name of ["flyte-admin", "flyte-admin-client"]) {
      const ended = await run("npm", [...npx, name, "--version"], { cwd: folder });
      expectOk(ended);
      if (ended.stdout !== `${version}\n`) throw new Error(`it printed:\n${ended.output}`);
    }
    const env = { HOME: folder, FLYTE_PLATFORM_URL: "http://127.0.0.1:1" };
    const explained = await run("npm", [...npx, "flyte-admin", "config", "--json"], {
      cwd: folder,
      env,
    });
    expectOk(explained);
    if (!explained.stdout.includes("environment variable FLYTE_PLATFORM_URL")) {
      throw new Error(`it printed:\n${explained.output}`);
    }
  });
}

/**
 * One step for each kind of project that can install the package.
 * @returns {import("./steps.mjs").Step[]}
 */
export function packageTests() {
  const packed = once(async () => {
    await ensureBuilt();
    return pack();
  });
  return [
    ...projects.map((project) => ({
      title: `package: ${project.title} installs it and runs`,
      run: async () => tryIn(project, await packed()),
    })),
    ...jestEnvironments.map((environment) => ({
      title: `package: a test in Jest's CommonJS and stock ${environment} imports it and lists`,
      run: async () => tryInJest(environment, await packed()),
    })),
    {
      title: "package: npx runs the command, by both of its names",
      run: async () => tryCommand(await packed()),
    },
    ...copiesTests(packed),
  ];
}
