import type { AdminClient } from "flyte-admin-client";

import * as approveGates from "./approve-gates.js";
import * as commandLine from "./command-line.js";
import * as failuresCsv from "./failures-csv.js";
import * as httpHandler from "./http-handler.js";
import * as infiniteQuery from "./infinite-query.js";
import * as launchAndRelaunch from "./launch-and-relaunch.js";
import * as outOfMemory from "./out-of-memory.js";
import * as register from "./register.js";
import * as saveOutputs from "./save-outputs.js";
import * as tree from "./tree.js";
import * as unitTest from "./unit-test.js";
import * as waitWithProgress from "./wait-with-progress.js";

/** A program of the cookbook, with the client and the arguments behind its name. */
export interface Program {
  run(admin: AdminClient, args: readonly string[]): Promise<void>;
}

/** The programs of the cookbook by name. */
export const programs: Readonly<Record<string, Program>> = {
  "approve-gates": approveGates,
  "command-line": commandLine,
  "failures-csv": failuresCsv,
  "http-handler": httpHandler,
  "infinite-query": infiniteQuery,
  "launch-and-relaunch": launchAndRelaunch,
  "out-of-memory": outOfMemory,
  register,
  "save-outputs": saveOutputs,
  tree,
  "unit-test": unitTest,
  "wait-with-progress": waitWithProgress,
};
