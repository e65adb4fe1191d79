import type { CallOptions } from "../../internal/index.js";
import { callOptionNames, type OptionNames } from "../../internal/validation/index.js";

/** How far a walk over a list has come. */
export interface ListProgress {
  /** The RPC that is asked. */
  readonly rpc: string;
  /** The pages that were answered so far, the empty ones too. */
  readonly pages: number;
  /** The items of these pages, without those that had come before. */
  readonly items: number;
  /** The `token` to continue from here; undefined at the end. */
  readonly nextToken: string | undefined;
}

/** How a list is walked. Every call takes Connect's options besides. */
export interface ListOptions extends CallOptions {
  /**
   * The rows that one request asks for, from 1 to 65535, beyond which FlyteAdmin's database fails.
   * A page that is too large in bytes is asked for again by halves.
   *
   * @defaultValue 100 for the first page; later ones grow towards 768 KiB, and deep in a list or
   *   without read-ahead towards 2 MiB, with at most 5000 rows, and no more than come in about a second and a half
   */
  readonly pageSize?: number | undefined;
  /** The most items over all pages; no more are asked for. */
  readonly limit?: number | undefined;
  /** Where to begin: the `nextToken` of a page. FlyteAdmin's tokens are decimal offsets. */
  readonly token?: string | undefined;
  /**
   * The pages that are asked for while earlier ones are read, from 0 to 64; `false` is 0. It begins
   * once the first page has shown that tokens are offsets.
   *
   * However many, no more than 64 MiB are asked for ahead.
   *
   * @defaultValue "auto": 5 at first, then 2 to 8, as the reader waits for pages or they for it; of
   *   5 MiB together, and what comes well within the time limit of a call
   */
  readonly readAhead?: number | "auto" | false | undefined;
  /** Called for every page that was answered, in order, before its items are given out. */
  readonly onPage?: ((progress: ListProgress) => void) | undefined;
}

/** The names of {@link ListOptions}. */
export const listOptionNames: OptionNames<ListOptions> = {
  ...callOptionNames,
  pageSize: true,
  limit: true,
  token: true,
  readAhead: true,
  onPage: true,
};
