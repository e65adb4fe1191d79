import { callAbortError, onAbort } from "../../internal/cancellation/index.js";
import type { WalkSettings } from "./list-options.js";
import { ListReach } from "./list-reach.js";
import { PagePlanner } from "./page-planner.js";
import {
  isTooLarge,
  type PageAnswer,
  type PageRequest,
  type PageSource,
  requestPage,
} from "./page-request.js";
import { offsetOf, TokenGuard } from "./tokens.js";

/** One page of a list. */
export interface Page<T> {
  /** Empty only when the list has no rows from the page's token on. */
  readonly items: readonly T[];
  /** The `token` that continues the list behind this page, here or in another process; `undefined` at the end. */
  readonly nextToken: string | undefined;
}

type PageOf<T> = Extract<PageAnswer<T>, { readonly kind: "page" }>;

/**
 * One walk over a list, page after page. Pages that are asked for ahead count only if the token of
 * the page before is the one that they were asked with, so that the walk returns what a walk without
 * them would give.
 */
export class PageWalk<T> {
  readonly #source: PageSource<T>;
  readonly #settings: WalkSettings;
  readonly #planner: PagePlanner<T>;
  /** Undefined where the caller has chosen how many pages to ask for ahead. */
  readonly #reach: ListReach | undefined;
  readonly #recentKeys: RecentKeys<T>;
  readonly #tokens: TokenGuard;
  /** Removes the listener on the caller's signal. */
  #release: () => void = () => undefined;
  /** In the order of the list: each is asked for from where the one before it ends. */
  readonly #requests: PageRequest<T>[] = [];
  /** A request for a single row, to learn how far the list reaches. */
  #scout: PageRequest<T> | undefined;
  /** The token of the next request when none is in flight. */
  #token: string;
  #phase: "fresh" | "open" | "ended" = "fresh";
  #pages = 0;
  #items = 0;

  constructor(source: PageSource<T>, settings: WalkSettings) {
    this.#source = source;
    this.#settings = settings;
    // Where the caller has chosen all of it, nobody asks what a row weighs.
    const isChosen = settings.pageSize !== undefined && settings.readAhead === 0;
    // Nobody can tell how many pages hold as many rows as are wanted.
    const isGuess = source.keep !== undefined && settings.limit !== Infinity;
    const known = isGuess || settings.readAhead !== "auto" ? undefined : source.memory?.known;
    this.#planner = new PagePlanner(
      isGuess ? { ...settings, readAhead: 0 } : settings,
      isChosen ? undefined : source.byteLengthOf?.bind(source),
      known,
    );
    this.#recentKeys = new RecentKeys((item) => source.keyOf(item));
    this.#tokens = new TokenGuard(source.rpc);
    this.#token = settings.token;
    this.#reach =
      settings.readAhead === "auto"
        ? new ListReach(offsetOf(settings.token) ?? 0, known?.rows)
        : undefined;
  }

  /**
   * Returns the next page that has new items; undefined at the end, and after {@link close}.
   *
   * @throws FlyteError what the call failed with, which ends the walk.
   */
  async next(): Promise<Page<T> | undefined> {
    try {
      return await this.#next();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Ends the walk, and stops what was asked for. */
  close(): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#remember();
    this.#release();
    this.#cancelAll();
  }

  /** Asks for as many pages as may be in flight. A reader calls it once it has given its rows out. */
  askAhead(): void {
    // Before the page that would keep a server busy with one core from answering it.
    this.#sendScout();
    while (this.#phase === "open" && this.#planner.readAhead > 0) {
      const token = this.#nextToken();
      const limit = this.#nextLimit();
      const rows = this.#rowsInFlight();
      const awaited = this.#requests.filter((one) => !one.isAnswered()).length;
      const inFlight = { pages: this.#requests.length, rows, awaited };
      if (token === undefined || limit <= 0) return;
      if (!this.#mayReach(Number(token)) || !this.#planner.hasRoom(inFlight, limit)) break;
      this.#request(token);
    }
  }

  /** Whether the caller's signal has aborted. */
  isAborted(): boolean {
    return this.#settings.signal?.aborted === true;
  }

  /** @throws CanceledError or DeadlineExceededError when the caller's signal has aborted */
  throwIfAborted(): void {
    const { signal } = this.#settings;
    if (signal?.aborted === true) throw callAbortError(signal, this.#source.rpc);
  }

  async #next(): Promise<Page<T> | undefined> {
    while (this.#phase !== "ended") {
      this.throwIfAborted();
      const arrived = this.#requests.filter((one) => one.isAnswered()).length;
      this.#planner.recordArrived(arrived, this.#requests.length);
      this.#open();
      const [request] = this.#requests;
      if (request === undefined) break;
      const answer = await request.answer;
      if (this.#hasEnded()) break;
      this.throwIfAborted();
      this.#requests.shift();
      if (answer.kind === "page") {
        const page = this.#accept(request, answer);
        if (page.items.length > 0) return page;
      } else if (answer.kind === "failed") {
        if (!isTooLarge(answer.error) || request.limit === 1) throw answer.error;
        this.#planner.recordTooLarge(request.limit);
        this.#restartFrom(request.token);
      }
    }
    this.close();
    return undefined;
  }

  /** A method, since the compiler does not expect a field to change while an answer is awaited. */
  #hasEnded(): boolean {
    return this.#phase === "ended";
  }

  #open(): void {
    if (this.#phase === "fresh") {
      this.#phase = "open";
      this.#release = onAbort([this.#settings.signal], ({ reason }) => {
        this.#cancelAll(reason);
      });
    }
    if (this.#requests.length === 0) this.#request(this.#token);
    this.askAhead();
  }

  #request(token: string): void {
    const limit = this.#nextLimit();
    if (limit <= 0) return;
    const request = requestPage(this.#source, { token, limit }, this.#settings.now);
    this.#requests.push(request);
    this.#planner.recordRequest();
    if (this.#reach !== undefined) void this.#recordReach(request, this.#reach);
  }

  /** Pages may be answered long before the reader comes to them. */
  async #recordReach({ token, limit, answer }: PageRequest<T>, reach: ListReach): Promise<void> {
    const page = await answer;
    const offset = offsetOf(token);
    if (page.kind !== "page" || offset === undefined) return;
    if (page.token === "") reach.recordEnd(offset + page.items.length);
    if (page.items.length < limit) return;
    reach.recordRows(offset + limit);
    this.askAhead();
  }

  /** Returns whether a page may be asked for from an offset on, which may turn out to have no rows. */
  #mayReach(offset: number): boolean {
    const reach = this.#reach;
    if (reach === undefined || reach.isProved(offset)) return true;
    const isUnproved = ({ token }: PageRequest<T>): boolean => !reach.isProved(Number(token));
    const unproved = this.#requests.filter(isUnproved).length;
    return reach.includes(offset) && unproved < this.#planner.unprovedPages;
  }

  #sendScout(): void {
    const reach = this.#reach;
    if (reach === undefined || this.#phase !== "open" || this.#planner.readAhead === 0) return;
    const token = this.#nextToken();
    if (token === undefined) return;
    const rowsLeft = this.#settings.limit - this.#items - this.#rowsInFlight();
    const end = this.#source.keep === undefined ? Number(token) + rowsLeft : Infinity;
    const { pageSize, lastPageSize } = this.#planner;
    const offset = reach.sendScout(pageSize, lastPageSize, end);
    if (offset === undefined) return;
    const scout = requestPage(
      this.#source,
      { token: String(offset), limit: 1 },
      this.#settings.now,
    );
    this.#scout = scout;
    void scout.answer.then((answer) => {
      if (answer.kind === "cancelled") return;
      // A scout that failed knows nothing: the pages will show what is wrong.
      reach.recordScout(answer.kind === "page" && answer.items.length > 0);
      if (answer.kind === "page") this.#planner.recordRoundTrip(answer.arrivedAt - scout.askedAt);
      this.askAhead();
    });
  }

  /** Returns the next page's limit. Pages in flight count, so that no row is asked for in vain. */
  #nextLimit(): number {
    const pageSize = this.#nextPageSize();
    if (this.#source.keep !== undefined) return pageSize;
    return Math.min(pageSize, this.#settings.limit - this.#items - this.#rowsInFlight());
  }

  #nextPageSize(): number {
    const { pageSize, lastPageSize } = this.#planner;
    const offset = Number(this.#nextToken());
    const mayEnd = this.#reach?.includes(offset + pageSize) === false;
    return mayEnd ? lastPageSize : pageSize;
  }

  #rowsInFlight(): number {
    return rowsOf(this.#requests);
  }

  /** The token that the last request will be answered with if its page is full. */
  #nextToken(): string | undefined {
    const last = this.#requests.at(-1);
    if (last === undefined) return this.#token;
    const offset = offsetOf(last.token);
    return offset === undefined ? undefined : String(offset + last.limit);
  }

  #accept(request: PageRequest<T>, answer: PageOf<T>): Page<T> {
    const received = answer.items.length;
    const { items, taken } = this.#take(answer.items);
    // A token behind an empty page leads nowhere: ListProjects without a limit repeats it for ever.
    const next =
      received === 0 ? "" : taken < received ? tokenWithin(request, answer, taken) : answer.token;
    this.#pages += 1;
    this.#items += items.length;
    if (next !== "") this.#tokens.check(request.token, next);
    const nextToken = next === "" ? undefined : next;
    this.#settings.onProgress?.({
      rpc: this.#source.rpc,
      pages: this.#pages,
      done: this.#items,
      total: undefined,
      nextToken,
    });
    if (nextToken === undefined || this.#items >= this.#settings.limit) this.close();
    else this.#continue(request, answer, nextToken);
    return { items, nextToken };
  }

  /** Takes rows up to the limit, and returns how many it examined. */
  #take(rows: readonly T[]): { readonly items: readonly T[]; readonly taken: number } {
    const room = this.#settings.limit - this.#items;
    const source = this.#source;
    const recentKeys = this.#recentKeys;
    const items: T[] = [];
    recentKeys.startPage();
    let taken = 0;
    for (const row of rows) {
      if (items.length >= room) break;
      taken += 1;
      if (source.keep?.(row) !== false && recentKeys.addIfNew(row)) items.push(row);
    }
    return { items, taken };
  }

  #continue(request: PageRequest<T>, answer: PageOf<T>, next: string): void {
    const { askedAt, limit } = request;
    const received = answer.items.length;
    const offset = offsetOf(request.token);
    const isOffset = offset !== undefined && next === String(offset + received);
    this.#planner.recordToken(isOffset && received === limit);
    const depth = this.#planner.readAhead > 0 ? Number(next) : Infinity;
    this.#planner.recordPage(answer.items, { askedAt, arrivedAt: answer.arrivedAt }, depth);
    if (this.#requests[0]?.token === next) this.#token = next;
    else this.#restartFrom(next);
  }

  /** Keeps what the walk has shown, for the next one over the same list. */
  #remember(): void {
    const { memory } = this.#source;
    const reach = this.#reach;
    // Where nothing may be asked for ahead, there is no use for it.
    if (memory === undefined || reach === undefined || this.#planner.readAhead === 0) return;
    memory.known = { ...this.#planner.measurements, rows: reach.rows };
  }

  #restartFrom(token: string): void {
    this.#cancelRequests();
    this.#requests.length = 0;
    this.#token = token;
  }

  #cancelAll(reason?: unknown): void {
    this.#scout?.cancel(reason);
    this.#cancelRequests(reason);
  }

  #cancelRequests(reason?: unknown): void {
    for (const request of this.#requests) request.cancel(reason);
  }
}

function rowsOf(requests: readonly { readonly limit: number }[]): number {
  return requests.reduce((rows, { limit }) => rows + limit, 0);
}

/** The token behind the first rows of a page; where tokens are no offsets, that behind all of them. */
function tokenWithin(
  request: { readonly token: string },
  answer: { readonly token: string },
  rows: number,
): string {
  const offset = offsetOf(answer.token) === undefined ? undefined : offsetOf(request.token);
  return offset === undefined ? answer.token : String(offset + rows);
}

/**
 * The keys of the rows that came last. Rows that are inserted between two requests push others across the
 * border of a page, so it is enough to know the keys of this page and of the one before.
 */
class RecentKeys<T> {
  readonly #keyOf: (item: T) => string | number;
  #previous = new Set<string | number>();
  #current = new Set<string | number>();

  constructor(keyOf: (item: T) => string | number) {
    this.#keyOf = keyOf;
  }

  /** Starts the next page. */
  startPage(): void {
    this.#previous = this.#current;
    this.#current = new Set();
  }

  /** Returns whether a row is new, and remembers it. */
  addIfNew(item: T): boolean {
    const key = this.#keyOf(item);
    if (this.#previous.has(key)) return false;
    const known = this.#current;
    const { size } = known;
    return known.add(key).size > size;
  }
}
