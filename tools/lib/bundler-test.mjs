import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { ensureBuilt } from "./build.mjs";
import { createBuiltServer } from "./built-server.mjs";
import { bundlers } from "./bundlers.mjs";
import { chromiumPath, launchChromium, noChromium } from "./chromium.mjs";
import { serveFiles } from "./loopback.mjs";
import { once } from "./once.mjs";
import { pack } from "./pack.mjs";
import { inProject } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk, runSteps } from "./steps.mjs";
import { inApp } from "./user-app.mjs";

const attempts = 25;

/** A warning about a module of another package: Rollup has some about what TypeScript made of Connect. */
const ofOthers = /node_modules\/(?!flyte-admin-client\/)/;

/** Parcel leaves "exports" alone unless it is asked, and Connect's own entry points are nowhere else. */
const manifest = { "@parcel/resolver-default": { packageExports: true } };

/**
 * Bundles an entry of the app in a process of its own. Its warnings fail: a user could do nothing about
 * them.
 * @param {string} folder
 * @param {string} name of the bundler
 * @param {string} entry
 * @returns {Promise<string>} the folder of the bundle
 */
async function bundle(folder, name, entry) {
  const outdir = join(folder, "bundles", name, entry.replace(/\.js$/, ""));
  await mkdir(outdir, { recursive: true });
  const type = bundlers[name]?.output === "module" ? "module" : "commonjs";
  const ended = await runNode(inProject("tools", "bundle.mjs"), [name, folder, entry, outdir], {
    cwd: folder,
  });
  expectOk(ended);
  /** @type {string[]} */
  const all = JSON.parse(ended.stdout.trim().split("\n").at(-1) ?? "[]");
  const warnings = all.filter((warning) => !ofOthers.test(warning));
  if (warnings.length > 0) throw new Error(`it warns:\n${warnings.join("\n")}`);
  await writeFile(join(outdir, "package.json"), JSON.stringify({ type }));
  const script = type === "module" ? '<script type="module"' : "<script";
  const html = `<!doctype html><link rel="icon" href="data:,">${script} src="${entry}"></script>`;
  await writeFile(join(outdir, "index.html"), html);
  return outdir;
}

/**
 * Lets a page ask a fresh FlyteAdmin, and compares what it and the server saw with what is expected.
 * @param {(baseUrl: string) => Promise<unknown>} runPage
 * @returns {Promise<void>}
 */
async function check(runPage) {
  const flyte = await createBuiltServer(attempts);
  flyte.putBlob("s3://my-s3-bucket/notes.txt", Buffer.from("read by a page"));
  flyte.faults.add({ rpc: "GetVersion", code: "UNAVAILABLE" });
  flyte.faults.add({ rpc: "GetDomains", hang: true });
  flyte.clearCalls();

  const server = await flyte.listen();
  try {
    const { expected } = await import("../../test/bundlers/expected.js");
    const actual = await runPage(server.httpUrl);
    if (!isDeepStrictEqual(actual, expected)) {
      throw new Error(
        `it came to ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`,
      );
    }
    const tries = flyte.calls.filter(({ rpc }) => rpc === "GetVersion").length;
    if (tries !== 4)
      throw new Error(`the server saw ${tries} tries of a call that it answered 503`);
  } finally {
    await server.close();
  }
}

/**
 * Ends a wait that would have no end: a page that hangs must fail.
 * @template T
 * @param {number} limitMs
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
async function within(limitMs, work) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the page hangs: ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, /** @type {Promise<never>} */ (limit)]);
  } finally {
    clearTimeout(timer);
  }
}

/** Evaluates an expression in a page that has loaded a bundle. */
class Browser {
  #launch;
  #origin;

  /** @param {string} executablePath @param {string} folder of the bundles */
  constructor(executablePath, folder) {
    this.#launch = once(() => launchChromium(executablePath));
    // Another origin than FlyteAdmin's.
    this.#origin = once(() => serveFiles(folder));
  }

  /**
   * @param {string} path of the bundle's page
   * @param {string} expression
   * @returns {Promise<unknown>}
   */
  async evaluate(path, expression) {
    const [browser, origin] = await Promise.all([this.#launch(), this.#origin()]);
    const page = await browser.newPage();
    try {
      /** @type {string[]} */
      const uncaught = [];
      page.on("pageerror", (error) => uncaught.push(String(error)));
      await page.goto(`${origin.url}/${path}/index.html`);
      const value = await within(30_000, page.evaluate(expression));
      if (uncaught.length > 0) throw new Error(`nobody caught:\n${uncaught.join("\n")}`);
      return value;
    } finally {
      await page.close();
    }
  }

  async close() {
    await (await this.#launch()).close();
    await (await this.#origin()).close();
  }
}

/**
 * Bundles a page with each bundler, and runs each bundle in Node and in Chromium.
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
export async function runBundlerTests() {
  await ensureBuilt();
  const tarball = await pack();
  const pages = await readdir(inProject("test", "bundlers"));
  const files = pages.map((name) => `test/bundlers/${name}`);
  return inApp({ tarball, manifest, files }, runIn);
}

/**
 * A page that imports /node by mistake is bundled without a warning, and a call says what to import.
 * @param {string} folder of the app
 * @param {string} name of the bundler
 * @returns {import("./steps.mjs").Step}
 */
function nodePageStep(folder, name) {
  return {
    title: `bundle: a page of ${bundlers[name]?.title} that imports /node learns what to import instead`,
    run: async () => {
      const file = join(await bundle(folder, name, "node-page.js"), "node-page.js");
      const ended = await runNode(join(folder, "run-in-node.js"), [file]);
      expectOk(ended);
      /** @type {string[]} */
      const messages = JSON.parse(ended.stdout);
      const names = ["connect", "createGrpcTransport", "loadFlyteConfig"];
      const sayIt = /of "flyte-admin-client\/node" runs in Node alone: .* import AdminClient from/;
      const allSayIt = messages.every(
        (message, index) => message.startsWith(`${names[index]} `) && sayIt.test(message),
      );
      if (messages.length !== names.length || !allSayIt) {
        throw new Error(`the page got ${JSON.stringify(messages)}`);
      }
    },
  };
}

/**
 * @param {string} folder of the app
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
async function runIn(folder) {
  const executablePath = chromiumPath();
  const browser =
    executablePath === undefined ? undefined : new Browser(executablePath, join(folder, "bundles"));

  /** @type {import("./steps.mjs").Step[]} */
  const steps = Object.entries(bundlers).flatMap(([name, { title }]) => {
    const bundled = once(() => bundle(folder, name, "page.js"));
    return [
      {
        title: `bundle: ${title} bundles a page without a warning, and it runs in Node`,
        run: async () => {
          const file = join(await bundled(), "page.js");
          await check(async (baseUrl) => {
            const ended = await runNode(join(folder, "run-in-node.js"), [file, baseUrl]);
            expectOk(ended);
            return JSON.parse(ended.stdout);
          });
        },
      },
      {
        title: `bundle: ${title}'s page runs in Chromium`,
        run: async () => {
          if (browser === undefined) return { skipped: noChromium };
          await bundled();
          await check((baseUrl) =>
            browser.evaluate(`${name}/page`, `checkPage(${JSON.stringify(baseUrl)})`),
          );
          return undefined;
        },
      },
    ];
  });
  steps.push(...["webpack", "vite"].map((name) => nodePageStep(folder, name)));
  try {
    return await runSteps(steps);
  } finally {
    await browser?.close();
  }
}
