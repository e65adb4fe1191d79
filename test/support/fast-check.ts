import { appendFileSync, mkdirSync } from "node:fs";

import { expect } from "@jest/globals";

import fc, { type RunDetails } from "../../node_modules/fast-check/lib/fast-check.js";

// Every import of fast-check in a test comes here: jest.config.js maps it.
export * from "../../node_modules/fast-check/lib/fast-check.js";
export default fc;

const failures = new URL("../../.tmp/fast-check-failures.jsonl", import.meta.url);
const { FC_SEED, FC_PATH } = process.env;

fc.configureGlobal({
  ...(FC_SEED !== undefined && { seed: Number(FC_SEED) }),
  ...(FC_PATH !== undefined && { path: FC_PATH }),
  reporter,
});

/** Keeps the seed of a property that fails, and throws with fast-check's own report. */
function reporter<T>(details: RunDetails<T>): void {
  if (!details.failed) return;
  const { testPath, currentTestName } = expect.getState();
  const { seed, counterexamplePath, numRuns } = details;
  const kept = { test: currentTestName, file: testPath, seed, path: counterexamplePath, numRuns };
  mkdirSync(new URL(".", failures), { recursive: true });
  appendFileSync(failures, `${JSON.stringify(kept)}\n`);
  const replay = `Replay with FC_SEED=${seed}${counterexamplePath === null ? "" : ` FC_PATH=${counterexamplePath}`} npm run jest -- ${testPath ?? ""}`;
  throw new Error(`${fc.defaultReportMessage(details) ?? "Property failed"}\n${replay}`, {
    cause: details.errorInstance,
  });
}
