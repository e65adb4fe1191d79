import type { Connection } from "../calls/index.js";

/** The key of a query: values that JSON can write, from the general to the particular. */
export type FlyteQueryKey = readonly [scope: "flyte", resource: string, of: FlyteQueryOf];

/** The particulars of a key: the verb, and what it is asked about. */
export interface FlyteQueryOf {
  /** The verb of the resource, such as `"get"`. */
  readonly verb: string;
  /** The address of FlyteConsole, where it is known: it distinguishes servers. */
  readonly consoleUrl?: string | undefined;
  /** The ids, filters and options of the query. */
  readonly [name: string]: unknown;
}

/** Options of the calls of a query, whose signal TanStack Query passes. */
export type WithoutSignal<Options> = Omit<Options, "signal">;

/** The part of TanStack Query's context that a query uses. */
export interface QueryContext {
  /** Aborts when the query is cancelled, or its last observer goes away. */
  readonly signal: AbortSignal;
}

/** The part of TanStack Query's context that a page of a list uses. */
export interface PageQueryContext extends QueryContext {
  /** The token of the page; undefined for the first. */
  readonly pageParam: string | undefined;
}

/** The part of TanStack Query's context that a watch uses. */
export interface WatchQueryContext extends QueryContext {
  /** The key of the query. */
  readonly queryKey: readonly unknown[];
  /** The client that holds the data of the query. */
  readonly client: {
    /** Reads the data of a query. */
    getQueryData(queryKey: readonly unknown[]): unknown;
    /** Sets the data of a query. */
    setQueryData(queryKey: readonly unknown[], data: unknown): unknown;
  };
}

/** The options of `useQuery`, `queryClient.fetchQuery` and their like. */
export interface FlyteQuery<Data> {
  /** The key of the query. */
  readonly queryKey: FlyteQueryKey;
  /** Reads the data. */
  readonly queryFn: (context: QueryContext) => Promise<Data>;
}

/** The options of `useInfiniteQuery` and its like. */
export interface FlyteInfiniteQuery<Page> {
  /** The key of the query. */
  readonly queryKey: FlyteQueryKey;
  /** Reads a page. */
  readonly queryFn: (context: PageQueryContext) => Promise<Page>;
  /** The token of the first page: none. */
  readonly initialPageParam: string | undefined;
  /** Returns the token of the page behind another; undefined behind the last. */
  readonly getNextPageParam: (lastPage: Page) => string | undefined;
}

/** The options of `useQuery` for data that changes while the query is observed. */
export interface FlyteWatchQuery<Data> {
  /** The key of the query. */
  readonly queryKey: FlyteQueryKey;
  /** Sets the data as it changes. It settles when the watch ends, so that `isFetching` means that it watches. */
  readonly queryFn: (context: WatchQueryContext) => Promise<Data>;
}

/** The names of the resources that queries read, as keys have them. */
export type QueryResource =
  | "executions"
  | "nodeExecutions"
  | "taskExecutions"
  | "launchPlans"
  | "workflows"
  | "tasks"
  | "projects";

/**
 * Returns the key that all queries of a resource begin with, or all of this package:
 * `queryClient.invalidateQueries({ queryKey: flyteQueryKey("executions") })`.
 */
export function flyteQueryKey(resource?: QueryResource): readonly string[] {
  return resource === undefined ? ["flyte"] : ["flyte", resource];
}

/** Makes the key of a query. The address of FlyteConsole distinguishes servers, where it is known. */
export function makeKey(
  connection: Connection,
  resource: QueryResource,
  verb: string,
  about: Readonly<Record<string, unknown>>,
): FlyteQueryKey {
  const { consoleUrl } = connection;
  return ["flyte", resource, { verb, ...about, ...(consoleUrl !== undefined && { consoleUrl }) }];
}
