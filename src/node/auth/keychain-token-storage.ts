import { homedir } from "node:os";
import { join } from "node:path";

import type { TokenStorage } from "../../auth/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { withKeyLock } from "./file-lock.js";

/** One entry of the system's keychain; the part of `@napi-rs/keyring` that is used. */
export interface KeychainEntry {
  /** Returns the content; `null` when there is none. */
  getPassword(): string | null;
  /** Replaces the content. */
  setPassword(password: string): void;
  /** Removes the entry. */
  deletePassword(): unknown;
}

/** Opens an entry of the system's keychain. */
export type OpenKeychainEntry = (service: string, account: string) => KeychainEntry;

/** Options of a token storage in the system's keychain. */
export interface KeychainOptions {
  /**
   * The name under which the keychain lists the entries.
   * @defaultValue `"flyte-admin-client"`
   */
  readonly service?: string | undefined;
  /**
   * Opens entries.
   * @defaultValue by the package `@napi-rs/keyring`, which must be installed beside this one
   */
  readonly openEntry?: OpenKeychainEntry | undefined;
  /**
   * The folder for the lock files of processes that share the keychain, which has no locks of its own. The files
   * hold no token.
   * @defaultValue `~/.flyte`
   */
  readonly lockFolder?: string | undefined;
}

const optionNames: OptionNames<KeychainOptions> = {
  service: true,
  openEntry: true,
  lockFolder: true,
};

/**
 * Keeps tokens in the system's keychain: Keychain on macOS, the Credential Manager on Windows, the
 * Secret Service or the kernel's keyring on Linux. Large tokens are kept in parts, as Windows takes no entry over 2560 bytes.
 * Processes that share the keychain read and write it, and renew a token, one at a time.
 *
 * @throws InvalidOptionError when `@napi-rs/keyring` is not installed
 */
export async function keychainTokenStorage(options: KeychainOptions = {}): Promise<TokenStorage> {
  requireKnownOptions(options, optionNames);
  const service = options.service ?? "flyte-admin-client";
  const openEntry = options.openEntry ?? (await loadKeyring());
  const lockFolder = options.lockFolder ?? join(homedir(), ".flyte");
  const lock = <T>(name: string, key: string, work: () => Promise<T>): Promise<T> =>
    withKeyLock(join(lockFolder, name), `${service}/${key}`, work);
  // The parts of a token belong together, so nobody reads between two of them.
  const alone = <T>(key: string, work: () => T): Promise<T> =>
    lock("keychain-entry", key, () => settled(work));
  const part = (key: string, at: number) => openEntry(service, at === 0 ? key : `${key}#${at}`);
  const load = (key: string): string | undefined => {
    let text = "";
    for (let at = 0; at < maxParts; at++) {
      const found = passwordOf(part(key, at));
      if (found === undefined) return undefined;
      text += found.slice(1);
      if (found.startsWith(".")) return text;
    }
    return undefined;
  };
  return {
    load: (key) => alone(key, () => load(key)),
    save: (key, text) =>
      alone(key, () => {
        const count = Math.max(1, Math.ceil(text.length / partLength));
        if (count > maxParts) throw new RangeError("the token is too large for a keychain");
        for (let at = 0; at < count; at++) {
          // The last part ends with a mark of its own, so that leftovers of a longer text do not count.
          const mark = at === count - 1 ? "." : "+";
          const piece = text.slice(at * partLength, (at + 1) * partLength);
          part(key, at).setPassword(mark + piece);
        }
      }),
    remove: (key) =>
      alone(key, () => {
        for (let at = 0; at < maxParts; at++) {
          const entry = part(key, at);
          if (passwordOf(entry) === undefined) return;
          entry.deletePassword();
        }
      }),
    withLock: (key, work) => lock("keychain-session", key, work),
  };
}

/** Windows counts two bytes a character. */
const partLength = 1_200;
const maxParts = 64;

function passwordOf(entry: KeychainEntry): string | undefined {
  try {
    return entry.getPassword() ?? undefined;
  } catch {
    // Some keychains throw where others return null: the entry does not exist.
    return undefined;
  }
}

function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

async function loadKeyring(): Promise<OpenKeychainEntry> {
  try {
    const { Entry } = await import("@napi-rs/keyring");
    return (service, account) => new Entry(service, account);
  } catch {
    throw new InvalidOptionError(
      "The keychain needs the package @napi-rs/keyring: install it, or use fileTokenStorage().",
      { option: "storage" },
    );
  }
}
