import { FlyteError } from "../../errors/index.js";
import { manyLines } from "../output/index.js";

/**
 * Returns the text of an error for stderr. Errors of this package say what is wrong and what to do; another one is a
 * defect, and comes with its stack where `FLYTE_LOG=debug` asks for it.
 */
export function formatError(error: unknown, env: NodeJS.ProcessEnv): string {
  if (!(error instanceof Error)) return manyLines(`error: ${String(error)}`);
  const isExpected = error instanceof FlyteError || "code" in error;
  const withStack = !isExpected && env["FLYTE_LOG"]?.trim().toLowerCase() === "debug";
  return manyLines(`error: ${withStack ? (error.stack ?? error.message) : error.message}`);
}
