import type { Http2Session, Http2Stream } from "node:http2";

import { ConnectionError, errorText, FlyteError } from "../../errors/index.js";

/** More than this comes for nobody only where the beginning of a long block of headers has come, in bytes. */
const suspectBytes = 512;

/** The number of pings that may stay unanswered. */
const maxPingTicks = 6;

/** The interval at which the connections with calls are looked at. */
const tickMs = 250;

/** The facts of a session with calls. */
interface Watched {
  readonly streams: Set<Http2Stream>;
  /** The bytes that the socket had read when something of it last reached a call. */
  deliveredAt: number;
  /** The bytes that the socket had read at the last look. */
  seenAt: number;
  /** The number of looks since an unanswered ping was sent. */
  pingTicks: number | undefined;
  timer: ReturnType<typeof setInterval> | undefined;
  isStuck: boolean;
}

/** Looks after the sessions of a transport. */
export interface SessionWatch {
  /** Looks after a session while this call runs on it. */
  add(session: Http2Session, stream: Http2Stream): void;
  /** Says that bytes of the session have reached a call. */
  delivered(session: Http2Session): void;
  /** Whether Node has given the session up. */
  isStuck(session: Http2Session): boolean;
}

/**
 * Ends the calls of a session that Node has given up without a word.
 *
 * When a block of headers is longer than 64 KiB, Node reports a compression error to the server, emits
 * no event, and delivers nothing any more: the call and all later ones hang. FlyteAdmin sends such
 * blocks for errors that echo a long text with characters beyond ASCII. It shows in bytes that the
 * socket has read and that reach no call, and then in a ping that is not answered. There are no
 * pings without such bytes: servers of Go end connections that ping often.
 */
export function createSessionWatch(): SessionWatch {
  const all = new WeakMap<Http2Session, Watched>();
  const delivered = (session: Http2Session): void => {
    const watched = all.get(session);
    if (watched !== undefined) watched.deliveredAt = bytesRead(session);
  };
  return {
    add(session, stream) {
      const watched = all.get(session) ?? unwatched(session);
      all.set(session, watched);
      watched.streams.add(stream);
      const onHeaders = (): void => {
        delivered(session);
      };
      stream.on("response", onHeaders).on("trailers", onHeaders);
      stream.once("close", () => {
        watched.streams.delete(stream);
        if (watched.streams.size > 0) return;
        clearInterval(watched.timer);
        watched.timer = undefined;
      });
      watched.timer ??= setInterval(() => {
        look(session, watched);
      }, tickMs).unref();
    },
    delivered,
    isStuck: (session) => all.get(session)?.isStuck === true,
  };
}

/** Returns the bytes that a session's socket has read so far; 0 when it is closed. */
export function bytesRead(session: Http2Session): number {
  return session.destroyed ? 0 : session.socket.bytesRead;
}

function look(session: Http2Session, watched: Watched): void {
  const read = bytesRead(session);
  const isQuiet = read === watched.seenAt;
  watched.seenAt = read;
  if (!isQuiet || read - watched.deliveredAt <= suspectBytes) {
    watched.pingTicks = undefined;
  } else if (watched.pingTicks === undefined) {
    watched.pingTicks = 0;
    ping(session, watched);
  } else if ((watched.pingTicks += 1) > maxPingTicks) {
    giveUp(watched);
  }
}

function ping(session: Http2Session, watched: Watched): void {
  if (session.destroyed) return;
  session.ping((error) => {
    if (error !== null) return;
    watched.pingTicks = undefined;
    watched.deliveredAt = bytesRead(session);
  });
}

function giveUp(watched: Watched): void {
  watched.isStuck = true;
  clearInterval(watched.timer);
  const error = stuckError(watched.streams.size);
  for (const stream of watched.streams) stream.destroy(error);
}

function unwatched(session: Http2Session): Watched {
  const read = bytesRead(session);
  return {
    streams: new Set(),
    deliveredAt: read,
    seenAt: read,
    pingTicks: undefined,
    timer: undefined,
    isStuck: false,
  };
}

/** With one call it is that call's answer, and comes again; with several nobody knows whose it is. */
function stuckError(calls: number): Error {
  const words =
    "an answer came whose headers are longer than 64 KiB, which Node's HTTP/2 cannot read, so the connection was given up";
  const remedy =
    "It is most likely an error that repeats a long text of the request, such as a filter: shorten that, or use the REST transport to read the error.";
  return calls === 1
    ? new FlyteError(errorText(undefined, "UNKNOWN", words, remedy), {
        code: "UNKNOWN",
        attempts: 1,
      })
    : new ConnectionError(errorText(undefined, "UNAVAILABLE", `${words}, with other calls on it`), {
        attempts: 1,
      });
}
