import { run } from "./lib/run.mjs";
import { tool } from "./lib/project.mjs";

/**
 * Many rounds of random faults on every wire. FAULT_SEED, FAULT_RUNS, FAULT_ROUNDS and FAULT_WIRE choose
 * others; a run that fails prints those that replay it. A server is killed and away for RESTART_AWAY_MS.
 * DEADLINE_CALLS of each wire run into a deadline that their server knows too.
 */
const { FAULT_SEED, FAULT_RUNS, FAULT_ROUNDS, RESTART_AWAY_MS, DEADLINE_SEED, DEADLINE_CALLS } =
  process.env;
const seed = FAULT_SEED ?? String(Date.now() % 1_000_000);
console.log(`The first seed is ${seed}.`);
const ended = await run(
  process.execPath,
  [
    "--experimental-vm-modules",
    tool("jest"),
    "test/behaviour/faults",
    "test/behaviour/restarts",
    "test/behaviour/deadlines/server-aborts",
    "fuzz.test",
  ],
  {
    show: true,
    timeoutMs: 60 * 60_000,
    env: {
      NODE_NO_WARNINGS: "1",
      RESTART_AWAY_MS: RESTART_AWAY_MS ?? "10000",
      DEADLINE_SEED: DEADLINE_SEED ?? seed,
      DEADLINE_CALLS: DEADLINE_CALLS ?? "10000",
      FAULT_SEED: seed,
      FAULT_RUNS: FAULT_RUNS ?? (FAULT_SEED === undefined ? "10" : "1"),
      FAULT_ROUNDS: FAULT_ROUNDS ?? "200",
    },
  },
);
if (!ended.ok) process.exitCode = 1;
