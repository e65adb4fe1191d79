import {
  FlyteError,
  InvalidArgumentError,
  ResourceExhaustedError,
} from "../../../src/errors/index.js";
import type { PageSource } from "../../../src/lists/paging/index.js";

export interface Row {
  readonly id: number;
}

export interface FakeBehaviour {
  readonly rowCount: number;
  /** How a token is written for an offset. */
  readonly tokenFor?: (offset: number) => string;
  /** The most rows that an answer holds, whatever is asked for. */
  readonly mostRows?: number;
  /** The row from which on answers are held to `mostRows`. */
  readonly mostRowsFrom?: number;
  /** Requests for more rows are refused as too large. */
  readonly tooLargeAbove?: number;
  /** Requests that reach this row fail. */
  readonly failsAtRow?: number;
  /** How many turns of the microtask queue each request takes, in order; then it begins again. */
  readonly turns?: readonly number[];
  readonly byteLengthOf?: (row: Row) => number;
  readonly keep?: (row: Row) => boolean;
  readonly memory?: NonNullable<PageSource<Row>["memory"]>;
}

export interface FakeRequest {
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  state: "open" | "answered" | "failed";
}

/** A list call over the rows 0, 1, 2 … that keeps a record of what it was asked. */
export class FakeSource implements PageSource<Row> {
  readonly rpc = "ListFakes";
  readonly requests: FakeRequest[] = [];
  readonly byteLengthOf?: (row: Row) => number;
  readonly keep?: (row: Row) => boolean;
  readonly memory?: NonNullable<PageSource<Row>["memory"]>;
  mostInFlight = 0;
  readonly #behaviour: FakeBehaviour;

  constructor(behaviour: FakeBehaviour) {
    this.#behaviour = behaviour;
    if (behaviour.byteLengthOf) this.byteLengthOf = behaviour.byteLengthOf;
    if (behaviour.keep) this.keep = behaviour.keep;
    if (behaviour.memory) this.memory = { ...behaviour.memory };
  }

  get inFlight(): readonly FakeRequest[] {
    return this.requests.filter(({ state, signal }) => state === "open" && !signal?.aborted);
  }

  keyOf(row: Row): string {
    return String(row.id);
  }

  async fetch({ limit, token, signal }: Parameters<PageSource<Row>["fetch"]>[0]) {
    const { rowCount, tokenFor = String, turns = [1] } = this.#behaviour;
    const offset = token === "" ? 0 : Number(/\d+$/.exec(token)?.[0]);
    const request: FakeRequest = { offset, limit, signal, state: "open" };
    this.requests.push(request);
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight.length);
    const wait = turns[(this.requests.length - 1) % turns.length] ?? 1;
    for (let turn = 0; turn < wait; turn += 1) {
      await Promise.resolve();
      if (signal?.aborted) throw new FlyteError("aborted", { code: "CANCELLED" });
    }
    request.state = "failed";
    this.#refuse(offset, limit);
    request.state = "answered";
    const { mostRows = Infinity, mostRowsFrom = 0 } = this.#behaviour;
    const most = offset >= mostRowsFrom ? Math.min(limit, mostRows) : limit;
    const count = Math.max(0, Math.min(rowCount - offset, most));
    const items = Array.from({ length: count }, (_, i) => ({ id: offset + i }));
    const isFull = count === most;
    return { items, token: isFull ? tokenFor(offset + count) : "" };
  }

  #refuse(offset: number, limit: number): void {
    const { tooLargeAbove = Infinity, failsAtRow = Infinity, rowCount } = this.#behaviour;
    const rows = Math.min(limit, rowCount - offset);
    if (rows > tooLargeAbove) {
      throw new ResourceExhaustedError("grpc: received message larger than max (9 vs. 4)");
    }
    if (offset + rows > failsAtRow) throw new InvalidArgumentError("the row does not exist");
  }
}

/** Lets all that is under way come to rest. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
