import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The resources that a process holds. */
interface Holdings {
  readonly heapBytes: number;
  /** How many of each kind of timer, socket and other handle there are that keep the process alive. */
  readonly handles: ReadonlyMap<string, number>;
}

/** The bound on the heap's growth in the second half of a run, besides the rows that the server keeps. */
const maxHeapGrowthBytes = 3 * 1024 * 1024;

/** The bytes that the server keeps of a round. */
const rowBytesOfRound = 5_000;

/** Timers of others come and go. */
const maxHandleGrowth = 4;

/**
 * A pool grows with the calls that run at once, late in a run as well: by both ends of each
 * connection, as the server is in this process. A leak grows with the rounds.
 */
const maxSocketGrowth = 24;

/** Looks twice at what the process holds, half-way and at the end. */
export class LeakWatch {
  readonly #collect: () => void;
  #half: Holdings | undefined;

  constructor() {
    setFlagsFromString("--expose-gc");
    this.#collect = () => {
      runInNewContext("gc()");
    };
  }

  /** Remembers what is held half-way, when pools and caches are warm. */
  async halfWay(): Promise<void> {
    this.#half = await this.#holdings();
  }

  /**
   * Compares with what was held half-way.
   *
   * @throws Error that names what has grown
   */
  async end(roundsSince: number): Promise<void> {
    const half = this.#half;
    if (half === undefined) throw new Error("nobody looked half-way");
    const now = await this.#holdings();
    for (const [kind, count] of now.handles) {
      const before = half.handles.get(kind) ?? 0;
      const allowed = kind.startsWith("TCP") ? maxSocketGrowth : maxHandleGrowth;
      if (count > before + allowed) {
        throw new Error(`handles leak: ${before} and then ${count} of ${kind}`);
      }
    }
    const growth = now.heapBytes - half.heapBytes;
    if (growth > maxHeapGrowthBytes + roundsSince * rowBytesOfRound) {
      throw new Error(`memory leaks: ${growth} bytes in ${roundsSince} rounds`);
    }
  }

  async #holdings(): Promise<Holdings> {
    // Closed resources report it in later turns; finalizers run between two collections.
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      this.#collect();
    }
    const handles = new Map<string, number>();
    for (const kind of process.getActiveResourcesInfo()) {
      handles.set(kind, (handles.get(kind) ?? 0) + 1);
    }
    return { heapBytes: process.memoryUsage().heapUsed, handles };
  }
}
