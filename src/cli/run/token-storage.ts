import type { TokenStorage } from "../../auth/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import { fileTokenStorage, keychainTokenStorage } from "../../node/auth/index.js";

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
      const { withLock } = await open();
      return withLock === undefined ? work() : withLock(key, work);
    },
  };
}
