import type { Http2Session } from "node:http2";

import type { Http2SessionManager } from "@connectrpc/connect-node";

/** The part of connect-node's session manager that its gRPC transport uses. */
export type Sessions = Pick<
  Http2SessionManager,
  "authority" | "request" | "notifyResponseByteRead"
>;

/**
 * A session manager whose connections have a wide flow-control window.
 *
 * Node leaves a connection's window at 64 KiB, which bounds all calls on it together to
 * about 1.3 MB/s at a round trip of 50 ms. The setting that connect-node passes on widens
 * the streams only; the connection's window needs the session, which each stream carries.
 */
export function wideWindowSessions(
  manager: Http2SessionManager,
  flowControlWindowBytes: number,
): Sessions {
  const seen = new WeakSet<Http2Session>();
  return {
    authority: manager.authority,
    notifyResponseByteRead: (stream) => {
      manager.notifyResponseByteRead(stream);
    },
    async request(...call) {
      const stream = await manager.request(...call);
      const { session } = stream;
      if (session !== undefined && !session.destroyed && !seen.has(session)) {
        seen.add(session);
        session.setLocalWindowSize(flowControlWindowBytes);
        // An idle session has no call to tell an error to, and an unheard one ends the process.
        session.on("error", () => undefined);
      }
      return stream;
    },
  };
}
