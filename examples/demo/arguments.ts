import { parseArgs } from "node:util";

/** Where the demo looks. */
export interface DemoArguments {
  /** The server; the embedded in-memory one when there is none. */
  readonly baseUrl: string | undefined;
  readonly wire: "rest" | "grpc";
  readonly project: string;
  readonly domain: string;
  readonly execution: string;
  /** One node; all top-level nodes when there is none. */
  readonly node: string | undefined;
  /** A token for a server that asks for one, from the environment so that it stays out of shells' histories. */
  readonly token: string | undefined;
}

export const usage = `Usage: npm run demo
       npm run demo -- --base-url URL --project P --domain D --execution E [--node N] [--wire rest|grpc]

Without arguments the demo runs against a FlyteAdmin in memory.
With --base-url it reads from a real server and changes nothing there.
  --wire rest   the REST gateway, usually http://HOST:8088 (default)
  --wire grpc   gRPC, usually http://HOST:8089
A server with authentication needs a bearer token in FLYTE_TOKEN.`;

/** Reads the command line. @throws Error that says what is missing */
export function readArguments(argv: readonly string[]): DemoArguments | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      "base-url": { type: "string" },
      wire: { type: "string", default: "rest" },
      project: { type: "string", default: "flytesnacks" },
      domain: { type: "string", default: "development" },
      execution: { type: "string" },
      node: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { wire } = values;
  if (wire !== "rest" && wire !== "grpc") {
    throw new Error(`--wire is ${JSON.stringify(wire)}; it is rest or grpc`);
  }
  const baseUrl = values["base-url"];
  if (baseUrl !== undefined && values.execution === undefined) {
    throw new Error("--base-url needs --execution: the name of the execution to look at");
  }
  return {
    baseUrl,
    wire,
    project: values.project,
    domain: values.domain,
    execution: values.execution ?? "demo0001",
    node: values.node,
    token: process.env["FLYTE_TOKEN"],
  };
}
