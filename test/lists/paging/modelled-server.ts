import type { PageSource } from "../../../src/lists/paging/index.js";
import { VirtualTime } from "../../support/virtual-time.js";
import type { Row } from "./fake-source.js";

/** A server at the end of a way, in milliseconds and bytes of a time of its own. */
export interface ServerModel {
  readonly rowCount: number;
  readonly roundTripMs: number;
  /** The work of a page, and of each of its rows, on one of the two cores that all pages share. */
  readonly pageMs: number;
  readonly rowMs: number;
  readonly bytesPerRow: number;
  /** The bandwidth of the way, which carries one answer after another. */
  readonly bytesPerMs: number;
  /** The work of the client that decodes a row, one page after another. */
  readonly decodeMs: number;
}

/** A request for a page. */
export interface ModelledRequest {
  readonly offset: number;
  readonly limit: number;
  readonly askedAt: number;
}

/** A page that came. */
export interface ModelledPage extends ModelledRequest {
  readonly rows: number;
  readonly arrivedAt: number;
}

const cores = 2;

interface Job {
  leftMs: number;
  readonly done: () => void;
}

/** Cores that share their time among jobs, each of which runs on one core at a time. */
class Cores {
  readonly #time: VirtualTime;
  readonly #jobs = new Set<Job>();
  #at = 0;
  #turn = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  run(workMs: number): Promise<void> {
    return new Promise((done) => {
      this.#advance();
      this.#jobs.add({ leftMs: workMs, done });
      void this.#wait();
    });
  }

  get #share(): number {
    return Math.min(1, cores / this.#jobs.size);
  }

  #advance(): void {
    const now = this.#time.now();
    const doneMs = (now - this.#at) * this.#share;
    this.#at = now;
    for (const job of this.#jobs) job.leftMs -= doneMs;
    for (const job of [...this.#jobs]) {
      if (job.leftMs > 1e-6) continue;
      this.#jobs.delete(job);
      job.done();
    }
  }

  async #wait(): Promise<void> {
    const turn = ++this.#turn;
    const leastMs = Math.min(...[...this.#jobs].map(({ leftMs }) => leftMs));
    await this.#time.until(this.#time.now() + leastMs / this.#share);
    // Another job has come since, and has changed the shares.
    if (turn !== this.#turn) return;
    this.#advance();
    if (this.#jobs.size > 0) await this.#wait();
  }
}

/** A list call that takes as long as a model says, in a time of its own. */
export class ModelledServer implements PageSource<Row> {
  readonly rpc = "ListFakes";
  /** Those whose pages nobody waited for are here too. */
  readonly requests: ModelledRequest[] = [];
  readonly pages: ModelledPage[] = [];
  readonly time = new VirtualTime();
  readonly #model: ServerModel;
  readonly #cores = new Cores(this.time);
  #wayFreeAt = 0;
  #clientFreeAt = 0;
  readonly memory: NonNullable<PageSource<Row>["memory"]>;

  /** @param memory - what a walk has shown that read the list before */
  constructor(model: ServerModel, memory: ModelledServer["memory"] = { known: undefined }) {
    this.#model = model;
    this.memory = memory;
  }

  keyOf(row: Row): string {
    return String(row.id);
  }

  byteLengthOf(): number {
    return this.#model.bytesPerRow;
  }

  async fetch({ limit, token }: Pick<Parameters<PageSource<Row>["fetch"]>[0], "limit" | "token">) {
    const { rowCount, roundTripMs, pageMs, rowMs, bytesPerRow, bytesPerMs, decodeMs } = this.#model;
    const { time } = this;
    const askedAt = time.now();
    const offset = Number(token);
    const rows = Math.max(0, Math.min(limit, rowCount - offset));
    const request = { offset, limit, askedAt };
    this.requests.push(request);
    await time.until(askedAt + roundTripMs / 2);
    await this.#cores.run(pageMs + rows * rowMs);
    this.#wayFreeAt = Math.max(time.now(), this.#wayFreeAt) + (rows * bytesPerRow) / bytesPerMs;
    await time.until(this.#wayFreeAt + roundTripMs / 2);
    this.#clientFreeAt = Math.max(time.now(), this.#clientFreeAt) + rows * decodeMs;
    await time.until(this.#clientFreeAt);
    this.pages.push({ ...request, rows, arrivedAt: time.now() });
    const items = Array.from({ length: rows }, (_, index) => ({ id: offset + index }));
    return { items, token: rows === limit ? String(offset + rows) : "" };
  }

  /** Reads all rows as a loop by hand does that knows how many there are: pages of 1,000, 8 ahead. */
  async readByHand(): Promise<void> {
    const pages = Math.ceil(this.#model.rowCount / 1000);
    const asked: Promise<unknown>[] = [];
    for (let page = 0; page < pages; page++) {
      while (asked.length < 8 && page + asked.length < pages) {
        asked.push(this.fetch({ limit: 1000, token: String((page + asked.length) * 1000) }));
      }
      await asked.shift();
    }
  }
}

/** FlyteAdmin on two cores as it was measured, with rows of about 1 kB. */
export const measured = {
  rowCount: 10_000,
  roundTripMs: 0,
  pageMs: 12,
  rowMs: 0.052,
  bytesPerRow: 767,
  bytesPerMs: 1e6,
  decodeMs: 0.02,
} as const satisfies ServerModel;
