import type { CallOptions, Client } from "@connectrpc/connect";

import type { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import type { DataProxyService } from "../../gen/flyteidl/service/dataproxy_pb.js";
import type { FetchFunction } from "../internal/fetch-function.js";
import type { IdDefaults } from "../values/identifiers/index.js";

/** What reading data works with: the plain Connect clients, and how signed URLs are fetched. */
export interface DataContext {
  readonly admin: Client<typeof AdminService>;
  readonly dataProxy: Client<typeof DataProxyService>;
  /**
   * The `fetch` for signed URLs.
   * @defaultValue the global `fetch`
   */
  readonly fetch?: FetchFunction | undefined;
  /** Aborts when the client is closed. */
  readonly closed?: AbortSignal | undefined;
  /**
   * The project and domain that stand in where an id leaves them out.
   * @defaultValue none
   */
  readonly defaults?: IdDefaults | undefined;
}

/** Options of reading inputs or outputs; Connect's options hold for each call on the way. */
export interface ReadDataOptions extends CallOptions {
  /**
   * The most bytes of an object to read into memory; more is the result `tooLarge`.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number;
  /**
   * Whether to fetch the literals that are too large to stand in the map, where Flyte's engine
   * offloads such. Their objects count together against a `maxBytes` of their own.
   * @defaultValue `false`: they stand as references with their URI
   */
  readonly fetchOffloaded?: boolean;
}
