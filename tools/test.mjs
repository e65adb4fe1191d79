import { setUp } from "./lib/set-up.mjs";
import { addUp, runSteps, setExitCode, summary } from "./lib/steps.mjs";

/**
 * The parts of the proof, in their order. Each is loaded when its turn comes: what it imports may have just
 * been installed.
 * @type {readonly { title: string; run: () => Promise<import("./lib/steps.mjs").Counts> }[]}
 */
const parts = [
  { title: "Set-up", run: () => runSteps([{ title: "dependencies", run: setUp }]) },
  { title: "Tests", run: async () => (await import("./lib/jest.mjs")).runJest() },
  {
    title: "The package as installed",
    run: async () => runSteps((await import("./lib/package-test.mjs")).packageTests()),
  },
  {
    title: "In other runtimes",
    run: async () => (await import("./lib/runtimes.mjs")).runRuntimes(),
  },
  {
    title: "In a browser",
    run: async () => (await import("./lib/browser-tests.mjs")).runBrowserTests(),
  },
  {
    title: "In every bundler",
    run: async () => (await import("./lib/bundler-test.mjs")).runBundlerTests(),
  },
  {
    title: "On the oldest and the newest protobuf and Connect in range",
    run: async () => (await import("./lib/versions-test.mjs")).runVersionsTests(),
  },
  {
    title: "Examples",
    run: async () => runSteps((await import("./lib/examples.mjs")).exampleSteps()),
  },
  {
    title: "Conformance",
    run: async () => runSteps((await import("./lib/conformance.mjs")).conformanceSteps()),
  },
  {
    title: "Another client",
    run: async () => runSteps((await import("./lib/flytekit.mjs")).flytekitSteps()),
  },
  { title: "Checks", run: async () => runSteps((await import("./lib/checks.mjs")).checks()) },
];

/** @type {import("./lib/steps.mjs").Counts[]} */
const results = [];
for (const part of parts) {
  console.log(`\n${part.title}`);
  try {
    results.push(await part.run());
  } catch (error) {
    console.log(`FAIL  ${part.title} could not run:`, error);
    results.push({ passed: 0, failed: 1, skipped: 0 });
  }
}
const counts = addUp(results);
console.log(`\n${summary(counts)}`);
setExitCode(counts);
