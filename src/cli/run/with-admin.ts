import { InvalidOptionError } from "../../errors/index.js";
import { connect, type ConnectedAdminClient } from "../../node/index.js";
import type { CliContext } from "../cli-context.js";
import type { ConnectionArgs } from "../arguments/index.js";
import { manyLines } from "../output/index.js";
import { cliTokenStorage } from "./token-storage.js";

/** A client for the length of a command. */
export interface CommandClient {
  readonly admin: ConnectedAdminClient;
  /** The options of every call: it ends with the command. */
  readonly call: { readonly signal: AbortSignal };
}

/** Connects as the flags and the configuration say, does the work, and closes the client. */
export async function withAdmin(
  { process, signal }: CliContext,
  flags: ConnectionArgs,
  work: (client: CommandClient) => Promise<void>,
): Promise<void> {
  const admin = await connect({
    ...configOverrides(flags),
    configFile: flags.config,
    env: process.env,
    wire: flags.wire,
    storage: cliTokenStorage(),
    application: "flyte-admin",
    signal,
    show: (text) => process.stderr.write(`${manyLines(text)}\n`),
  });
  try {
    await work({ admin, call: { signal } });
  } finally {
    admin.close();
  }
}

/** The settings that flags set, which go before those of the environment and the file. */
export function configOverrides({ endpoint, insecure, project, domain }: ConnectionArgs): {
  readonly endpoint?: string;
  readonly insecure?: boolean;
  readonly project?: string;
  readonly domain?: string;
} {
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(insecure !== undefined && { insecure }),
    ...(project !== undefined && { project }),
    ...(domain !== undefined && { domain }),
  };
}

/**
 * Requires the project and the domain that a short id or a list needs.
 * @throws InvalidOptionError that names the places where they can be set
 */
export function requireDefaults({ connection }: ConnectedAdminClient): void {
  for (const name of ["project", "domain"] as const) {
    if (connection.defaults[name] !== undefined) continue;
    throw new InvalidOptionError(
      `There is no ${name}. Give --${name}, set FLYTE_${name.toUpperCase()}, or set ${name} in the config file.`,
      { option: name },
    );
  }
}
