import { constants, type Http2Session, type Http2Stream } from "node:http2";

import type { Http2SessionManager } from "@connectrpc/connect-node";

import { bytesRead, createSessionWatch } from "./stuck-session.js";

/** The part of connect-node's session manager that its gRPC transport uses. */
type SessionManager = Pick<Http2SessionManager, "authority" | "request" | "notifyResponseByteRead">;

/** Connections to one server: one that takes new calls, and others that end with their last call. */
export interface Sessions extends SessionManager {
  /**
   * Runs a call of the transport. One that ends before its connection is made leaves it: whoever
   * should have answered may never do.
   */
  readonly run: <T>(call: () => Promise<T>) => Promise<T>;
  /** Closes all connections, and ends the calls on them. */
  readonly close: () => void;
}

/**
 * The stream below a connection, where it is no socket of Node's own, which does not pass on to it that
 * the process may end, or that the connection has.
 */
export interface Line {
  ref(): unknown;
  unref(): unknown;
  destroy(): unknown;
}

/** A connection, and the calls on it. */
interface Generation {
  readonly manager: Http2SessionManager;
  /** The calls that run, also while there is no connection. */
  calls: number;
  /** The streams that are open or asked for. */
  requests: number;
  line: Line | undefined;
  /** The calls, each with whether it shows that the connection is lost, once it is closed. */
  readonly streams: Map<Http2Stream, () => boolean>;
}

/**
 * Sessions with a wide flow-control window, that are left for a new one when they fall silent.
 *
 * Node leaves a connection's window at 64 KiB, which bounds all calls on it together to
 * about 1.3 MB/s at a round trip of 50 ms. The setting that connect-node passes on widens
 * the streams only; the connection's window needs the session, which each stream carries.
 *
 * A call that ends unanswered on a connection from which nothing has come since shows that the
 * connection may be lost, as when a load balancer drops an idle one without a word: later calls
 * go over another one.
 */
export function createSessions(
  createManager: (onLine: (line: Line) => void) => Http2SessionManager,
  flowControlWindowBytes: number,
): Sessions {
  const seen = new WeakSet<Http2Session>();
  const watch = createSessionWatch();
  const generations = new Set<Generation>();
  let current = open();

  function open(): Generation {
    const generation: Generation = {
      manager: createManager((line) => {
        generation.line = line;
      }),
      calls: 0,
      requests: 0,
      line: undefined,
      streams: new Map(),
    };
    generations.add(generation);
    return generation;
  }

  function leave(generation: Generation): void {
    if (generation === current) current = open();
    if (generation.streams.size > 0 || generation.calls > 0) return;
    generations.delete(generation);
    end(generation);
  }

  function end({ manager, line }: Generation): void {
    manager.abort();
    line?.destroy();
  }

  function hold(generation: Generation, change: 1 | -1): void {
    generation.requests += change;
    if (generation.requests === 0) generation.line?.unref();
    else generation.line?.ref();
  }

  function prepare(session: Http2Session): void {
    if (session.destroyed || seen.has(session)) return;
    seen.add(session);
    session.setLocalWindowSize(flowControlWindowBytes);
    // An idle session has no call to tell an error to, and an unheard one ends the process.
    session.on("error", () => undefined);
  }

  function follow(generation: Generation, stream: Http2Stream): void {
    const { session } = stream;
    const isSilent = silenceOf(session);
    let isAnswered = false;
    const showsLoss = (): boolean =>
      (!isAnswered && isSilent()) || (session !== undefined && watch.isStuck(session));
    generation.streams.set(stream, showsLoss);
    stream.once("response", () => {
      isAnswered = true;
    });
    stream.once("close", () => {
      // A connection that ends in peace takes its calls along without an error, and Connect would wait on.
      const isTakenAlong = !isAnswered && stream.rstCode === constants.NGHTTP2_NO_ERROR;
      if (isTakenAlong && stream.listenerCount("error") > 0) {
        stream.emit("error", new Error("http/2 stream closed without an answer"));
      }
      generation.streams.delete(stream);
      hold(generation, -1);
      if (generation !== current || showsLoss()) leave(generation);
    });
  }

  return {
    authority: current.manager.authority,
    notifyResponseByteRead: (stream) => {
      for (const { manager } of generations) manager.notifyResponseByteRead(stream);
      if (stream.session !== undefined) watch.delivered(stream.session);
    },
    async request(...call) {
      // A call that was ended just now has not reported its close yet.
      const isLost = [...current.streams].some(([each, showsLoss]) => each.closed && showsLoss());
      if (isLost) leave(current);
      const generation = current;
      hold(generation, 1);
      const stream = await generation.manager.request(...call).catch((error: unknown) => {
        hold(generation, -1);
        throw error;
      });
      const { session } = stream;
      if (session !== undefined) {
        prepare(session);
        watch.add(session, stream);
      }
      follow(generation, stream);
      return stream;
    },
    async run(call) {
      const generation = current;
      generation.calls += 1;
      try {
        return await call();
      } finally {
        generation.calls -= 1;
        const isOver = generation !== current || generation.manager.state() === "connecting";
        if (isOver && generations.has(generation)) leave(generation);
      }
    },
    close: () => {
      for (const generation of generations) end(generation);
    },
  };
}

/** Returns whether nothing has come over a connection from now on. */
function silenceOf(session: Http2Session | undefined): () => boolean {
  const bytesBefore = session === undefined ? 0 : bytesRead(session);
  return () => session !== undefined && !session.closed && bytesRead(session) === bytesBefore;
}
