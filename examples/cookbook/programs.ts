import type { AdminClient } from "flyte-admin-client";

import * as approveGates from "./approve-gates.js";
import * as blobProxy from "./blob-proxy.js";
import * as checkInputs from "./check-inputs.js";
import * as commandLine from "./command-line.js";
import * as diffInputs from "./diff-inputs.js";
import * as failuresCsv from "./failures-csv.js";
import * as findByTag from "./find-by-tag.js";
import * as httpHandler from "./http-handler.js";
import * as infiniteQuery from "./infinite-query.js";
import * as launchAndRelaunch from "./launch-and-relaunch.js";
import * as launchFromQueue from "./launch-from-queue.js";
import * as launchWithFile from "./launch-with-file.js";
import * as outOfMemory from "./out-of-memory.js";
import * as recoverFailed from "./recover-failed.js";
import * as register from "./register.js";
import * as registerBranchAndMap from "./register-branch-and-map.js";
import * as saveOutputs from "./save-outputs.js";
import * as scheduledPlans from "./scheduled-plans.js";
import * as slowestNodes from "./slowest-nodes.js";
import * as stopLongRuns from "./stop-long-runs.js";
import * as tree from "./tree.js";
import * as unitTest from "./unit-test.js";
import * as waitWithProgress from "./wait-with-progress.js";
import * as watchList from "./watch-list.js";

/** A program of the cookbook, with the client and the arguments behind its name. */
export interface Program {
  run(admin: AdminClient, args: readonly string[]): Promise<void>;
}

/** The programs of the cookbook by name. */
export const programs: Readonly<Record<string, Program>> = {
  "failures-csv": failuresCsv,
  "out-of-memory": outOfMemory,
  "find-by-tag": findByTag,
  tree,
  "slowest-nodes": slowestNodes,
  "wait-with-progress": waitWithProgress,
  "watch-list": watchList,
  "launch-and-relaunch": launchAndRelaunch,
  "launch-from-queue": launchFromQueue,
  "launch-with-file": launchWithFile,
  "check-inputs": checkInputs,
  "diff-inputs": diffInputs,
  "recover-failed": recoverFailed,
  "stop-long-runs": stopLongRuns,
  "approve-gates": approveGates,
  "save-outputs": saveOutputs,
  "blob-proxy": blobProxy,
  register,
  "register-branch-and-map": registerBranchAndMap,
  "scheduled-plans": scheduledPlans,
  "http-handler": httpHandler,
  "infinite-query": infiniteQuery,
  "command-line": commandLine,
  "unit-test": unitTest,
};
