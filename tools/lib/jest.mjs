import { mkdir, readFile, rm } from "node:fs/promises";
import { inProject, tool } from "./project.mjs";
import { run } from "./run.mjs";

/**
 * Runs the tests of a configuration, those under test/ when none is given, and shows jest's own report.
 * @param {string} [config]
 * @param {Record<string, string>} [env] added to this process's own
 * @returns {Promise<import("./steps.mjs").Counts>} a suite that cannot run counts as a failed test, and so does
 *   a run without tests
 */
export async function runJest(config = "jest.config.js", env = {}) {
  const outputFile = inProject(".tmp", "jest.json");
  await mkdir(inProject(".tmp"), { recursive: true });
  await rm(outputFile, { force: true });
  const args = [
    ...["--experimental-vm-modules", tool("jest"), "--config", inProject(config)],
    ...["--json", "--outputFile", outputFile],
  ];
  const ended = await run(process.execPath, args, {
    show: true,
    // Only a hang reaches this: a machine with ten times as much to do as its processors can needs half of it.
    timeoutMs: 60 * 60_000,
    env: { NODE_NO_WARNINGS: "1", ...env },
  });
  const report = await readFile(outputFile, "utf8").then(JSON.parse, () => undefined);
  if (report === undefined) {
    console.log(`jest left no report: ${ended.how}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skipped = report.numPendingTests + report.numTodoTests;
  const silentFailure = failed === 0 && (!ended.ok || report.numPassedTests + skipped === 0);
  return {
    passed: report.numPassedTests,
    failed: silentFailure ? 1 : failed,
    skipped,
  };
}
