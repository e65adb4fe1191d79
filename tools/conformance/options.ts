import { parseArgs } from "node:util";

/** The options of a run of the suite. */
export interface ConformanceOptions {
  /** Recordings to compare with, in place of a server. */
  readonly replayedFiles: readonly string[];
  /** Where the server under test is; an in-memory one in a process of its own when none is given. */
  readonly grpcUrl: string | undefined;
  readonly restUrl: string | undefined;
  /** A configuration file as flytectl and flytekit read it, for servers that want a sign-in. */
  readonly configFile: string | undefined;
  readonly project: string | undefined;
  readonly domain: string | undefined;
  /** Whether the run may write to a project that it did not make. */
  readonly writes: boolean;
  readonly seed: number;
  readonly calls: number;
  /** Where the answers of the server under test are written. */
  readonly recordFile: string | undefined;
  /** Where the differences are written as JSON. */
  readonly outFile: string | undefined;
  /** The share of equal answers, from 0 to 1, below which the command fails. */
  readonly minShare: number;
}

/** The usage, for those who ask and for those who err. */
export const usage = `npm run conformance -- [--grpc-url http://HOST:8089] [--rest-url http://HOST:8088] [--config FILE]
  [--project P] [--domain D] [--writes] [--seed N] [--calls N] [--min PERCENT] [--out FILE] [--record FILE]
npm run conformance -- --replay FILE... [--min PERCENT] [--out FILE]

Plays one call of every RPC and then random calls to a FlyteAdmin and to the in-memory one, side by side, and
compares the answers. Without an address it compares an in-memory server in a process of its own.
With --replay it plays recorded calls to the in-memory server and compares with the recorded answers.
It writes to a project that it registers, and archives it in the end. It writes to no project that was there
before unless --writes is given. It launches executions: where an engine runs, that engine will start them.`;

/**
 * Reads the options of the command line.
 * @throws Error that names the option and what it takes
 */
export function conformanceOptions(args: readonly string[]): ConformanceOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      "grpc-url": { type: "string" },
      "rest-url": { type: "string" },
      config: { type: "string" },
      project: { type: "string" },
      domain: { type: "string" },
      writes: { type: "boolean", default: false },
      seed: { type: "string" },
      calls: { type: "string" },
      min: { type: "string" },
      out: { type: "string" },
      record: { type: "string" },
      replay: { type: "boolean", default: false },
    },
  });
  if (values.replay !== positionals.length > 0) {
    throw new Error(`--replay takes the files to replay, and nothing else takes any\n\n${usage}`);
  }
  return {
    replayedFiles: positionals,
    grpcUrl: address("--grpc-url", values["grpc-url"]),
    restUrl: address("--rest-url", values["rest-url"]),
    configFile: values.config,
    project: values.project,
    domain: values.domain,
    writes: values.writes,
    seed: number("--seed", values.seed, { fallback: 1, max: 2 ** 32 - 1 }),
    calls: number("--calls", values.calls, { fallback: 1000, max: 1_000_000 }),
    recordFile: values.record,
    outFile: values.out,
    minShare: number("--min", values.min, { fallback: 0, max: 100, fraction: true }) / 100,
  };
}

function address(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/, "");
  throw new Error(
    `${option} is ${text}; give an address such as http://localhost:8089\n\n${usage}`,
  );
}

function number(
  option: string,
  text: string | undefined,
  { fallback, max, fraction = false }: { fallback: number; max: number; fraction?: boolean },
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  const isRight = text.trim() !== "" && value >= 0 && value <= max;
  if (isRight && (fraction || Number.isInteger(value))) return value;
  throw new Error(`${option} is ${text}; give a number from 0 to ${max}\n\n${usage}`);
}
