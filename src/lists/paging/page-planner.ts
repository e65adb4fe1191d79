/** The rows of the first page: few, so that they come soon. */
const firstPageSize = 100;

const maxPageBytes = 1.5 * 2 ** 20;
const maxPageRows = 2500;
/** Deep in a list, and where each page costs a round trip of its own. */
const maxDeepPageRows = 5000;
/** The offset from which skipping rows costs a server more than a page of them. */
const shallowRows = 20_000;
/** The most rows of a page whose rows cannot be weighed. */
const maxUnweighedRows = 1000;
const maxGrowth = 30;
const pageTimeMs = 1500;
/** A page may take so many times `pageTimeMs` before the next one is made smaller. */
const slowPageFactor = 3;
/** The bound on the time of all pages in flight together: well below the time limit of a call. */
const inFlightTimeMs = 6000;
const usualTimeoutMs = 15_000;

/** The rows of the first page that is asked for ahead, and how each one grows over that before it. */
const firstAheadRows = 450;
const aheadGrowth = 1.4;
/** The pages that keep two cores of a server busy. More of them come later, and all together. */
const pagesInServer = 4;
/** The pages in flight until the first one has come, whose rows are to come as soon as if it were alone: one for each core. */
const pagesWithFirst = 2;
/** The number of pages in transit during the server's work on one page. */
const pagesOnTheWay = 2.5;
/** The same for pages that may have no rows: more, since four pages in the server take so much longer. */
const unprovedPagesOnTheWay = 7.5;
const minReadAhead = 2;
const maxReadAhead = 8;
const maxReadAheadBytes = 8 * 2 ** 20;
const maxUnweighedReadAhead = 8000;
/** Holds whatever the caller has chosen. */
const maxChosenReadAheadBytes = 64 * 2 ** 20;

/** Weighing a row costs as much as decoding it. */
const sampledRows = 4;
/** The weight of earlier pages in the time per row once the next one has arrived. */
const decay = 0.5;
/** The rows that an earlier walk's time per row counts for. */
const knownRowsWeight = 1000;
/** The part of a page's time that is never taken for a round trip. */
const leastOwnPart = 0.1;
/** The part of the first page's time that is taken for the round trip until that is known, and the most of it. */
const tripPart = 0.5;
const maxGuessedTripMs = 100;

/** The measurements of the pages that a walk has received. */
export interface PageMeasurements {
  /** The size of a row on the wire, in bytes; undefined where rows cannot be weighed. */
  readonly bytesPerRow: number | undefined;
  /** The time that a row takes to arrive, in milliseconds; 0 before the first page. */
  readonly msPerRow: number;
  /**
   * The number of rows that the server has to skip for the next page; Infinity where pages are asked for one
   * after another, and each costs a round trip.
   */
  readonly depth: number;
}

/** The measurements of a walk that hold for the next walk over the same list. */
export interface WalkMeasurements extends Pick<PageMeasurements, "bytesPerRow" | "msPerRow"> {
  /** The round trip in milliseconds; undefined before one was measured. */
  readonly roundTripMs: number | undefined;
}

/** When a page was asked for and when it came, by one clock in milliseconds. */
export interface PageTimes {
  readonly askedAt: number;
  readonly arrivedAt: number;
}

/** The pages that were asked for and not yet read. */
export interface PagesInFlight {
  readonly pages: number;
  readonly rows: number;
  /** The pages that have not come yet. */
  readonly awaited: number;
}

/** The settings of a {@link PagePlanner}. */
export interface PlannerSettings {
  /** The rows of every page; undefined to have them chosen. */
  readonly pageSize: number | undefined;
  /** The pages to ask for ahead; "auto" to have them chosen. */
  readonly readAhead: number | "auto";
  /** The time limit of each call, in milliseconds, where the caller has set one. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Decides how many rows the next request of a walk asks for, and how many pages may be in flight.
 *
 * Reading ahead begins when a page has proved that tokens are offsets, or where an earlier walk over the
 * same list has. As many pages are in flight as keep the server busy over the round trip; fewer while pages
 * wait for the reader. It ends for good at a token that is not an offset.
 *
 * Pages that are asked for ahead grow by and by. A server works on them side by side, so that pages
 * of one size would all come at the same time, and the reader's work would begin where the server's
 * ends.
 */
export class PagePlanner<T> {
  readonly #settings: PlannerSettings;
  readonly #byteLengthOf: ((row: T) => number) | undefined;
  #size: number;
  #aheadSize = firstAheadRows;
  /** Half of the smallest page that was too large. */
  #maxSize = Infinity;
  #bytesPerRow: number | undefined;
  #depth = 0;
  #weightedMs = 0;
  #weightedRows = 0;
  /** The number of weighted pages that were counted with their round trip. */
  #weightedTrips = 0;
  #guessedTripMs: number | undefined;
  /** The time of the fastest request for a single row; undefined before one was answered. */
  #roundTripMs: number | undefined;
  #lastArrivedAt = -Infinity;
  #offsets: "unproved" | "proved" | "refuted" = "unproved";
  #readAhead: number;

  /**
   * @param byteLengthOf - weighs a row; undefined where rows cannot be weighed, or need not be
   * @param known - what an earlier walk has measured, whose pages had offsets for tokens
   */
  constructor(
    settings: PlannerSettings,
    byteLengthOf: ((row: T) => number) | undefined,
    known?: WalkMeasurements,
  ) {
    this.#settings = settings;
    this.#byteLengthOf = byteLengthOf;
    this.#size = settings.pageSize ?? firstPageSize;
    this.#readAhead = settings.readAhead === "auto" ? maxReadAhead : settings.readAhead;
    if (known === undefined) return;
    this.#offsets = "proved";
    this.#bytesPerRow = known.bytesPerRow;
    this.#roundTripMs = known.roundTripMs;
    this.#weightedMs = known.msPerRow * knownRowsWeight;
    this.#weightedRows = knownRowsWeight;
  }

  /** The measurements so far, for the next walk over the same list. */
  get measurements(): WalkMeasurements {
    return {
      bytesPerRow: this.#bytesPerRow,
      msPerRow: this.#msPerRow(),
      roundTripMs: this.#roundTripMs,
    };
  }

  /** The rows to ask for next, where more pages follow. */
  get pageSize(): number {
    const isGrown =
      this.#settings.pageSize !== undefined || this.readAhead === 0 || this.#awaitsFirst;
    return isGrown ? this.lastPageSize : Math.min(this.lastPageSize, Math.floor(this.#aheadSize));
  }

  /** The rows to ask for next where the list may end: one page takes the place of several. */
  get lastPageSize(): number {
    return Math.min(this.#size, this.#maxSize);
  }

  /** The pages that may be in flight beyond the one that is read. */
  get readAhead(): number {
    return this.#offsets === "proved" ? this.#readAhead : 0;
  }

  /**
   * The pages that may be in flight before it is known that the list reaches them. A page behind the end costs
   * a server as much as any other, and delays those that have rows. Where the way is short, one is enough.
   */
  get unprovedPages(): number {
    return 1 + Math.floor(unprovedPagesOnTheWay * this.#tripsPerPage(this.lastPageSize));
  }

  /** Returns whether one more page of so many rows keeps within the bounds on pages, memory and time. */
  hasRoom(inFlight: PagesInFlight, rows: number): boolean {
    const most = this.#awaitsFirst ? pagesWithFirst : this.readAhead;
    if (inFlight.pages >= most) return false;
    const { readAhead, timeoutMs } = this.#settings;
    const bytesPerRow = this.#bytesPerRow;
    const allRows = inFlight.rows + rows;
    if (readAhead !== "auto") {
      return bytesPerRow === undefined || allRows * bytesPerRow <= maxChosenReadAheadBytes;
    }
    const msPerRow = this.#msPerRow();
    const onTheWay = Math.ceil(pagesOnTheWay * this.#tripsPerPage(this.pageSize));
    if (inFlight.awaited >= pagesInServer + onTheWay) return false;
    if (inFlight.pages > 0 && allRows > maxRowsInFlight(msPerRow, timeoutMs)) return false;
    return bytesPerRow === undefined
      ? allRows <= maxUnweighedReadAhead
      : allRows * bytesPerRow <= maxReadAheadBytes;
  }

  /** Records that a page is asked for. */
  recordRequest(): void {
    if (this.readAhead === 0) return;
    // The first page is a small one, also where an earlier walk has measured what larger ones take.
    if (this.#awaitsFirst) this.#chooseSize();
    else this.#aheadSize = Math.min(maxDeepPageRows, this.#aheadSize * aheadGrowth);
  }

  /**
   * Records a page that came and is not the last.
   *
   * @param depth - as in {@link PageMeasurements}
   */
  recordPage(rows: readonly T[], times: PageTimes, depth: number): void {
    if (rows.length === 0) return;
    this.#measureTime(rows.length, times);
    this.#bytesPerRow = this.#byteLengthOf && averageWeight(rows, this.#byteLengthOf);
    this.#depth = depth;
    this.#chooseSize();
  }

  /** Records how long a request for a single row took: hardly more than the round trip. */
  recordRoundTrip(ms: number): void {
    this.#roundTripMs = Math.min(this.#roundTripMs ?? ms, ms);
    this.#chooseSize();
  }

  /** Records that a page of so many rows was too large. */
  recordTooLarge(rows: number): void {
    this.#maxSize = Math.max(1, Math.floor(rows / 2));
  }

  /** Records whether the token behind a full page was the offset of its end. */
  recordToken(isOffset: boolean): void {
    this.#offsets = isOffset && this.#offsets !== "refuted" ? "proved" : "refuted";
  }

  /**
   * Records how many of the pages in flight had arrived when the reader came for the next one. Pages
   * share a connection and often come together: only when all have arrived does the reader hold up
   * the walk.
   */
  recordArrived(arrived: number, inFlight: number): void {
    if (this.#settings.readAhead !== "auto" || this.#offsets !== "proved") return;
    if (arrived === 0) this.#readAhead = Math.min(maxReadAhead, this.#readAhead + 1);
    else if (arrived > 1 && arrived === inFlight) {
      this.#readAhead = Math.max(minReadAhead, this.#readAhead - 1);
    }
  }

  /** Whether the walk has no page yet. */
  get #awaitsFirst(): boolean {
    return this.#lastArrivedAt === -Infinity;
  }

  #chooseSize(): void {
    const { pageSize, timeoutMs } = this.#settings;
    if (pageSize !== undefined) return;
    const msPerRow = this.#msPerRow();
    const measured = { bytesPerRow: this.#bytesPerRow, msPerRow, depth: this.#depth };
    this.#size = nextPageSize(this.#size, measured, timeoutMs);
  }

  /**
   * Measures how long rows take to come, whatever holds them up: the server, the bytes on the way, or
   * the reader's own work. Where pages come one behind the other, each is counted from the one
   * before it, so that the round trip and the turns that they wait for each other are not counted
   * twice.
   */
  #measureTime(rows: number, { askedAt, arrivedAt }: PageTimes): void {
    const isFromStart = askedAt >= this.#lastArrivedAt;
    const ownMs = Math.max(0, arrivedAt - Math.max(askedAt, this.#lastArrivedAt));
    this.#guessedTripMs ??= Math.min(ownMs * tripPart, maxGuessedTripMs);
    this.#lastArrivedAt = Math.max(arrivedAt, this.#lastArrivedAt);
    this.#weightedMs = this.#weightedMs * decay + ownMs;
    this.#weightedRows = this.#weightedRows * decay + rows;
    this.#weightedTrips = this.#weightedTrips * decay + (isFromStart ? 1 : 0);
  }

  /** The round trip as a multiple of the time that a page of so many rows takes. */
  #tripsPerPage(rows: number): number {
    const pageMs = rows * this.#msPerRow();
    // Clocks of browsers may not tell a short time from none.
    return pageMs > 0 ? (this.#roundTripMs ?? 0) / pageMs : Infinity;
  }

  /** The time that a row takes to arrive, without the round trips as far as they are known. */
  #msPerRow(): number {
    if (this.#weightedRows === 0) return 0;
    const roundTripMs = this.#roundTripMs ?? this.#guessedTripMs ?? 0;
    const withoutTrips = this.#weightedMs - this.#weightedTrips * roundTripMs;
    return Math.max(withoutTrips, this.#weightedMs * leastOwnPart) / this.#weightedRows;
  }
}

/**
 * Chooses the most rows of the next page: 30 times as many as before, as far as that page keeps
 * within 1.5 MiB, 2,500 rows and a second and a half. Deep in a list it is up to 5,000 rows, since there
 * the server's time goes into the rows that it skips, which it does once a page; and also where pages
 * are asked for one after another.
 *
 * Rows come slowly over a slow link, where smaller pages help, or from a server that is busy with
 * each page, where they do harm. So time keeps pages from growing, and makes them smaller only when
 * they take far too long; never smaller than the first.
 *
 * @param timeoutMs - the time limit of a call, as far as it is known
 */
export function nextPageSize(
  size: number,
  { bytesPerRow, msPerRow, depth }: PageMeasurements,
  timeoutMs?: number,
): number {
  const maxRows = depth > shallowRows ? maxDeepPageRows : maxPageRows;
  const byBytes =
    bytesPerRow === undefined
      ? maxUnweighedRows
      : Math.min(maxRows, Math.floor(maxPageBytes / Math.max(1, bytesPerRow)));
  const maxMs = scaleToTimeout(pageTimeMs, timeoutMs);
  const byTime =
    size * msPerRow > maxMs * slowPageFactor
      ? Math.max(Math.min(size, firstPageSize), Math.floor(size / 2))
      : Math.max(size, Math.floor(maxMs / msPerRow));
  return Math.max(1, Math.min(byBytes, byTime, size * maxGrowth));
}

/** Returns how many rows may be in flight for all to come well within the time limit of a call. */
export function maxRowsInFlight(msPerRow: number, timeoutMs?: number): number {
  return scaleToTimeout(inFlightTimeMs, timeoutMs) / msPerRow;
}

function scaleToTimeout(ms: number, timeoutMs = 0): number {
  return timeoutMs > 0 ? ms * Math.min(1, timeoutMs / usualTimeoutMs) : ms;
}

function averageWeight<T>(rows: readonly T[], byteLengthOf: (row: T) => number): number {
  const step = Math.max(1, Math.floor(rows.length / sampledRows));
  const sample = rows.filter((_, at) => at % step === 0).slice(0, sampledRows);
  return sample.reduce((sum, row) => sum + byteLengthOf(row), 0) / sample.length;
}
