import type { PageSource } from "../../../src/lists/paging/index.js";
import { VirtualTime } from "../../support/virtual-time.js";
import type { Row } from "./fake-source.js";

/** A server at the end of a way, in milliseconds and bytes of a time of its own. */
export interface ServerModel {
  readonly rowCount: number;
  readonly roundTripMs: number;
  /** The cost of a page, and of each of its rows; two pages are worked on at once. */
  readonly pageMs: number;
  readonly rowMs: number;
  readonly bytesPerRow: number;
  /** The bandwidth of the way, which carries one answer after another. */
  readonly bytesPerMs: number;
}

/** A page that the server was asked for. */
export interface ModelledPage {
  readonly offset: number;
  readonly limit: number;
  readonly askedAt: number;
  readonly arrivedAt: number;
}

/** A list call that takes as long as a model says, in a time of its own. */
export class ModelledServer implements PageSource<Row> {
  readonly rpc = "ListFakes";
  readonly pages: ModelledPage[] = [];
  readonly time = new VirtualTime();
  readonly #model: ServerModel;
  readonly #lanes: [number, number] = [0, 0];
  #wayFreeAt = 0;

  constructor(model: ServerModel) {
    this.#model = model;
  }

  keyOf(row: Row): string {
    return String(row.id);
  }

  byteLengthOf(): number {
    return this.#model.bytesPerRow;
  }

  async fetch({ limit, token }: Parameters<PageSource<Row>["fetch"]>[0]) {
    const { rowCount, roundTripMs, pageMs, rowMs, bytesPerRow, bytesPerMs } = this.#model;
    const askedAt = this.time.now();
    const offset = Number(token);
    const rows = Math.max(0, Math.min(limit, rowCount - offset));
    await this.time.until(askedAt + roundTripMs / 2);
    const lane = this.#lanes[0] <= this.#lanes[1] ? 0 : 1;
    const doneAt = Math.max(this.time.now(), this.#lanes[lane]) + pageMs + rows * rowMs;
    this.#lanes[lane] = doneAt;
    await this.time.until(doneAt);
    this.#wayFreeAt =
      Math.max(this.time.now(), this.#wayFreeAt) + (rows * bytesPerRow) / bytesPerMs;
    await this.time.until(this.#wayFreeAt + roundTripMs / 2);
    this.pages.push({ offset, limit, askedAt, arrivedAt: this.time.now() });
    const items = Array.from({ length: rows }, (_, index) => ({ id: offset + index }));
    return { items, token: rows === limit ? String(offset + rows) : "" };
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
} as const satisfies ServerModel;
