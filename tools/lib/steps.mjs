import { availableParallelism } from "node:os";

const maxLines = 60;

/**
 * One thing that passes or fails. `run` rejects when it fails; the error's message says what is wrong. Where
 * it cannot be tried at all, `run` returns the reason.
 * @typedef {object} Step
 * @property {string} title
 * @property {() => Promise<void | { skipped: string }>} run
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Throws what a program printed when it did not end well.
 * @param {import("./run.mjs").Ended} ended
 */
export function expectOk(ended) {
  if (!ended.ok) throw new Error(`${ended.output.trim()}\n(${ended.how})`.trim());
}

/**
 * The counts of several parts, added up.
 * @param {readonly Counts[]} parts
 * @returns {Counts}
 */
export function addUp(parts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    total.passed += part.passed;
    total.failed += part.failed;
    total.skipped += part.skipped;
  }
  return total;
}

/**
 * The closing line: `N passed, N failed`, with `, N skipped` when some were.
 * @param {Counts} counts
 */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Sets how this process will end: badly when something failed.
 * @param {Counts} counts
 */
export function setExitCode({ failed }) {
  process.exitCode = failed > 0 ? 1 : 0;
}

/**
 * Describes a failure, indented and bounded.
 * @param {unknown} error
 */
function complaint(error) {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n");
  const head =
    lines.length > maxLines
      ? [...lines.slice(0, maxLines), `… ${lines.length - maxLines} more lines`]
      : lines;
  return head.map((line) => (line === "" ? "" : `       ${line}`)).join("\n");
}

/**
 * Runs steps in their order, as many at a time as there are cores, and prints a line for each as it ends.
 * @param {readonly Step[]} steps
 * @param {{ concurrency?: number }} [options]
 * @returns {Promise<Counts>}
 */
export async function runSteps(steps, { concurrency = availableParallelism() } = {}) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startedMs = performance.now();
      const took = () => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`.padStart(7);
      try {
        const ended = await step.run();
        if (ended === undefined) {
          counts.passed += 1;
          console.log(`ok   ${took()}  ${step.title}`);
        } else {
          counts.skipped += 1;
          console.log(`skip ${took()}  ${step.title}: ${ended.skipped}`);
        }
      } catch (error) {
        counts.failed += 1;
        console.log(`FAIL ${took()}  ${step.title}\n${complaint(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  return counts;
}
