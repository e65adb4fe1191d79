/** The rows of the first page: few, so that they come soon. */
const firstPageSize = 100;

/** About 1,000 rows: pages few enough in flight to keep two cores of a server busy, and even at the end. */
const minTargetBytes = 768 * 1024;
const maxTargetBytes = 2 * 2 ** 20;
/** Where skipping rows begins to cost a server more than a page of them. */
const shallowRows = 20_000;
const maxPageRows = 5000;
/** The most rows of a page whose rows cannot be weighed. */
const maxUnweighedRows = 1000;
const maxGrowth = 10;
const pageTimeMs = 1500;
/** A page may take so many times `pageTimeMs` before the next one is made smaller. */
const slowPageFactor = 3;
/** The bound on the time of all pages in flight together: well below the time limit of a call. */
const inFlightTimeMs = 6000;
const usualTimeoutMs = 15_000;

const initialReadAhead = 5;
const minReadAhead = 2;
const maxReadAhead = 8;
const maxReadAheadBytes = 5 * 2 ** 20;
const maxUnweighedReadAhead = 8000;
/** Holds whatever the caller has chosen. */
const maxChosenReadAheadBytes = 64 * 2 ** 20;

/** Weighing a row costs as much as decoding it. */
const sampledRows = 4;
/** How much earlier pages count in the time per row once the next one has come. */
const decay = 0.5;

/** The measurements of the pages that a walk has received. */
export interface PageMeasurements {
  /** The size of a row on the wire, in bytes; undefined where rows cannot be weighed. */
  readonly bytesPerRow: number | undefined;
  /** The time that a row takes to arrive, in milliseconds; 0 before the first page. */
  readonly msPerRow: number;
  /**
   * How many rows the server has to skip for the next page; Infinity where pages are asked for one
   * after another, and each costs a round trip.
   */
  readonly depth: number;
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
 * Reading ahead begins when a page has proved that tokens are offsets, widens while the reader waits
 * for pages, narrows while pages wait for the reader, and ends for good at a token that is not an
 * offset.
 */
export class PagePlanner<T> {
  readonly #settings: PlannerSettings;
  readonly #byteLengthOf: ((row: T) => number) | undefined;
  #size: number;
  /** Half of the smallest page that was too large. */
  #maxSize = Infinity;
  #measurements: PageMeasurements = { bytesPerRow: undefined, msPerRow: 0, depth: 0 };
  #weightedMs = 0;
  #weightedRows = 0;
  #lastArrivedAt = -Infinity;
  #offsets: "unproved" | "proved" | "refuted" = "unproved";
  #readAhead: number;

  /** @param byteLengthOf - weighs a row; undefined where rows cannot be weighed, or need not be */
  constructor(settings: PlannerSettings, byteLengthOf: ((row: T) => number) | undefined) {
    this.#settings = settings;
    this.#byteLengthOf = byteLengthOf;
    this.#size = settings.pageSize ?? firstPageSize;
    this.#readAhead = settings.readAhead === "auto" ? initialReadAhead : settings.readAhead;
  }

  /** The rows to ask for next. */
  get pageSize(): number {
    return Math.min(this.#size, this.#maxSize);
  }

  /** The pages that may be in flight beyond the one that is read. */
  get readAhead(): number {
    return this.#offsets === "proved" ? this.#readAhead : 0;
  }

  /** Returns whether one more page of so many rows keeps within the bounds on pages, memory and time. */
  hasRoom(inFlight: PagesInFlight, rows: number): boolean {
    if (inFlight.pages >= this.readAhead) return false;
    const { readAhead, timeoutMs } = this.#settings;
    const { bytesPerRow, msPerRow } = this.#measurements;
    const allRows = inFlight.rows + rows;
    if (readAhead !== "auto") {
      return bytesPerRow === undefined || allRows * bytesPerRow <= maxChosenReadAheadBytes;
    }
    if (inFlight.pages > 0 && allRows > maxRowsInFlight(msPerRow, timeoutMs)) return false;
    return bytesPerRow === undefined
      ? allRows <= maxUnweighedReadAhead
      : allRows * bytesPerRow <= maxReadAheadBytes;
  }

  /**
   * Records a page that came and is not the last.
   *
   * @param depth - as in {@link PageMeasurements}
   */
  recordPage(rows: readonly T[], times: PageTimes, depth: number): void {
    if (rows.length === 0) return;
    this.#measurements = {
      bytesPerRow: this.#byteLengthOf && averageWeight(rows, this.#byteLengthOf),
      msPerRow: this.#measureTime(rows.length, times),
      depth,
    };
    const { pageSize, timeoutMs } = this.#settings;
    if (pageSize === undefined) {
      this.#size = nextPageSize(this.#size, this.#measurements, timeoutMs);
    }
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

  /**
   * Returns how long a row takes to come, whatever holds it up: the server, the bytes on the way, or
   * the reader's own work. Where pages come one behind the other, each is counted from the one
   * before it, so that the round trip and the turns that they wait for each other are not counted
   * twice.
   */
  #measureTime(rows: number, { askedAt, arrivedAt }: PageTimes): number {
    const ownMs = Math.max(0, arrivedAt - Math.max(askedAt, this.#lastArrivedAt));
    this.#lastArrivedAt = Math.max(arrivedAt, this.#lastArrivedAt);
    this.#weightedMs = this.#weightedMs * decay + ownMs;
    this.#weightedRows = this.#weightedRows * decay + rows;
    return this.#weightedMs / this.#weightedRows;
  }
}

/**
 * Chooses the rows of the next page: ten times as many as before, as far as that page keeps within
 * 768 KiB, 5,000 rows and a second and a half. Deep in a list it is up to 2 MiB, since there the
 * server's time goes into the rows that it skips, which it does once a page; and also where pages
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
  const byBytes =
    bytesPerRow === undefined
      ? maxUnweighedRows
      : Math.min(maxPageRows, Math.floor(targetBytes(depth) / Math.max(1, bytesPerRow)));
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

function targetBytes(depth: number): number {
  return Math.min(maxTargetBytes, minTargetBytes * Math.max(1, depth / shallowRows));
}

function scaleToTimeout(ms: number, timeoutMs = 0): number {
  return timeoutMs > 0 ? ms * Math.min(1, timeoutMs / usualTimeoutMs) : ms;
}

function averageWeight<T>(rows: readonly T[], byteLengthOf: (row: T) => number): number {
  const step = Math.max(1, Math.floor(rows.length / sampledRows));
  const sample = rows.filter((_, at) => at % step === 0).slice(0, sampledRows);
  return sample.reduce((sum, row) => sum + byteLengthOf(row), 0) / sample.length;
}
