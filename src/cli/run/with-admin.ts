import type { TokenStorage } from "../../auth/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import { fileTokenStorage, keychainTokenStorage } from "../../node/auth/index.js";
import { connect, type ConnectedAdminClient } from "../../node/index.js";
import type { ConnectionArgs } from "../commands/index.js";
import type { CliContext } from "../cli-context.js";
import { manyLines } from "../output/index.js";

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

/**
 * Keeps the session between runs: in the system's keychain where `@napi-rs/keyring` is installed beside this package,
 * else in a file that only its owner may read. It is opened by the first sign-in.
 */
export function cliTokenStorage(): TokenStorage {
  let opened: Promise<TokenStorage> | undefined;
  const open = (): Promise<TokenStorage> =>
    (opened ??= keychainTokenStorage().catch((error: unknown) => {
      if (error instanceof InvalidOptionError) return fileTokenStorage();
      throw error;
    }));
  return {
    load: async (key) => (await open()).load(key),
    save: async (key, text) => (await open()).save(key, text),
    remove: async (key) => (await open()).remove(key),
    withLock: async (key, work) => {
      const storage = await open();
      return storage.withLock?.(key, work) ?? work();
    },
  };
}
