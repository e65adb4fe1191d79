import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, it } from "@jest/globals";
import { build } from "esbuild";

/** Bundles a page as a bundler does that loads parts on demand, and runs it. */
async function runSplit(folder: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: ["test/client/split/page.ts"],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    alias: { "#later": "./src/resources/later/on-demand.ts" },
  });
  const [part] = Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint?.endsWith("later-part.ts"))
    .map(([path]) => basename(path));
  const program = join(folder, "page.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [program, part ?? ""]);
  return stdout.trim().split("\n");
}

describe("a page whose bundler splits", () => {
  it("lists without the part that later calls need, tells when it cannot be loaded, and loads it once it can", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flyte-admin-client-split-"));
    try {
      const failure =
        "ConnectionError UNAVAILABLE: The part of flyte-admin-client that makes this call could not be loaded: if the files of the page have changed since it was opened, as after a deployment, load the page anew; if not, see that its server gives out every file that the bundler wrote";
      expect(await runSplit(folder)).toEqual([
        '["f3a"]',
        failure,
        failure,
        expect.stringMatching(/^InvalidOptionError INVALID_ARGUMENT: concurrency is 0/),
        expect.stringMatching(/^"\w+"$/),
        "1",
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
