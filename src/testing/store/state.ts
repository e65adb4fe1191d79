import type { BlobStore } from "./blob-store.js";
import { defaultServerConfig, type ServerConfig } from "./server-config.js";

/** What a new server starts with. */
export interface StateOptions {
  /**
   * Projects that exist from the start, each named as its id.
   * @defaultValue none
   */
  readonly projects?: readonly string[];
  /**
   * The domains, which never change.
   * @defaultValue `["development", "staging", "production"]`
   */
  readonly domains?: readonly string[];
  /** The server's clock. */
  readonly now: () => Date;
  /** The object storage that the server reads, writes and signs. */
  readonly blobs: BlobStore;
  /** Settings that differ from those of the recorded server. */
  readonly config?: Partial<ServerConfig>;
}

/** Everything that a server holds. */
export interface FlyteState {
  readonly config: ServerConfig;
  readonly domains: readonly string[];
  readonly now: () => Date;
  readonly blobs: BlobStore;
}

/** A server without rows but for its first projects. */
export function createState(options: StateOptions): FlyteState {
  return {
    config: { ...defaultServerConfig(), ...options.config },
    domains: options.domains ?? ["development", "staging", "production"],
    now: options.now,
    blobs: options.blobs,
  };
}
