import { parseArgs } from "node:util";

import { type ListKind, listKinds } from "./lists/kinds.js";

/** The options of a run of the benchmark. */
export interface BenchOptions {
  /** The round trips that are added, in milliseconds. */
  readonly delaysMs: readonly number[];
  /** Which list is read. */
  readonly list: ListKind;
  /** The rows that the in-memory server holds of it. */
  readonly rows: number;
  /** The rows that slow loops read of it; their rate does not depend on how far they go. */
  readonly rowsOfSlowLoops: number;
  readonly treeNodes: number;
  /** The nodes that are walked serially; the rate does not depend on how many. */
  readonly serialTreeNodes: number;
  /** How often each loop runs, in turn with the others. */
  readonly repeats: number;
  /** A server to ask instead of the in-memory one. */
  readonly real: RealServer | undefined;
  /** Whether to measure what the in-memory server can hold, and nothing else. */
  readonly capacityRows: number | undefined;
  /** The rows of a walk whose memory is measured, and nothing else. */
  readonly memoryRows: number | undefined;
  /** The rows of a walk whose cost is compared with a loop by hand, and nothing else. */
  readonly layerRows: number | undefined;
  /** The executions that one client waits for, and nothing else. */
  readonly waitingCount: number | undefined;
  /** Whether to compare the costs of the in-memory server with those of the real one, and nothing else. */
  readonly calibrate: boolean;
  /** Whether to measure what each entry point costs at the start of a process, and nothing else. */
  readonly startup: boolean;
}

/** Where a real server is, and what to list of it. */
export interface RealServer {
  readonly restUrl: string;
  readonly grpcUrl: string;
  /** `project/domain/execution/node` of a node with many attempts; nodes are those of its execution. */
  readonly node: string;
  /** `project/domain/execution` of an execution with many nodes. */
  readonly execution: string;
}

/** The usage, for those who ask and for those who err. */
const usage = `npm run bench -- [--quick] [--delays 0,50] [--list ${listKinds.join("|")}] [--rows ROWS]
npm run bench -- --calibrate | --capacity ROWS | --memory [--rows ROWS] | --layer [--rows ROWS] | --waiting EXECUTIONS | --startup
npm run bench -- --base-url http://HOST --grpc-url http://HOST:PORT --node P/D/EXECUTION/NODE --execution P/D/EXECUTION [--quick] [--delays 0,50] [--list …]`;

/** Reads the options of the command line. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      capacity: { type: "string" },
      calibrate: { type: "boolean", default: false },
      memory: { type: "boolean", default: false },
      waiting: { type: "string" },
      layer: { type: "boolean", default: false },
      startup: { type: "boolean", default: false },
      rows: { type: "string" },
      delays: { type: "string" },
      list: { type: "string", default: "attempts" },
      "base-url": { type: "string" },
      "grpc-url": { type: "string" },
      node: { type: "string" },
      execution: { type: "string" },
    },
  });
  const { quick, node, execution } = values;
  const restUrl = values["base-url"];
  const grpcUrl = values["grpc-url"];
  const rows = values.rows === undefined ? undefined : wholeNumber("--rows", values.rows);
  const isReal = restUrl !== undefined;
  if (isReal && (grpcUrl === undefined || node === undefined || execution === undefined)) {
    throw new Error(`a real server needs --grpc-url, --node and --execution too\n${usage}`);
  }
  return {
    delaysMs: delaysOf(values.delays, quick),
    list: listKindOf(values.list),
    rows: rows ?? (quick ? 4000 : 10_000),
    rowsOfSlowLoops: quick ? 800 : 2000,
    treeNodes: quick ? 400 : 2000,
    serialTreeNodes: quick ? 30 : 60,
    repeats: quick ? 1 : 3,
    real:
      isReal && grpcUrl !== undefined && node !== undefined && execution !== undefined
        ? { restUrl, grpcUrl, node, execution }
        : undefined,
    capacityRows:
      values.capacity === undefined ? undefined : wholeNumber("--capacity", values.capacity),
    memoryRows: values.memory ? (rows ?? 1_000_000) : undefined,
    layerRows: values.layer ? (rows ?? 100_000) : undefined,
    waitingCount:
      values.waiting === undefined ? undefined : wholeNumber("--waiting", values.waiting),
    calibrate: values.calibrate,
    startup: values.startup,
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${option} is ${text}; it takes a whole number above 0\n${usage}`);
}

function listKindOf(name: string): ListKind {
  const kind = listKinds.find((one) => one === name);
  if (kind !== undefined) return kind;
  throw new Error(`--list is ${name}; it takes ${listKinds.join(", ")}\n${usage}`);
}

function delaysOf(list: string | undefined, quick: boolean): readonly number[] {
  if (list === undefined) return quick ? [0, 50] : [0, 20, 50, 100];
  const delays = list.split(",").map(Number);
  if (delays.every((ms) => ms >= 0)) return delays;
  throw new Error(
    `--delays is ${list}; it takes round trips in milliseconds, such as 0,50\n${usage}`,
  );
}
