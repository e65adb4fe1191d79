import { type EventEmitter, once } from "node:events";
import { request } from "node:http";
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer as createHttp2Server,
  type Http2Session,
} from "node:http2";
import { connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { getSystemErrorMap } from "node:util";

import { afterEach, describe, expect, it } from "@jest/globals";

import { isCertificateFault, networkFaultOf, redactText } from "../../../src/errors/index.js";
import {
  certificateCodes,
  certificateTexts,
  connectionCodes,
  failedFetch,
  otherProtocols,
  refusedHeader,
  tlsExplanations,
  unknownHost,
} from "../../../src/errors/recognized-texts.js";
import { tlsFile } from "../../support/tls-front.js";
import { findUnusedPort, listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<number> {
  const { port, close } = await listenOnLoopback(server);
  closers.push(close);
  return port;
}

/** A port where each connection is answered by this. */
function portOf(answer: (socket: Socket) => void): Promise<number> {
  return listen(createServer(answer));
}

interface SystemError extends Error {
  readonly code: string;
}

/** The error that a socket or a request ends with. */
async function errorOf(emitter: EventEmitter): Promise<SystemError> {
  return new Promise((resolve) => emitter.once("error", resolve));
}

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  return await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

const url = (port: number) => `http://127.0.0.1:${port}`;

/** The error of an HTTP/2 session, or of a stream on it. */
async function http2Error(
  onSession: (session: Http2Session) => void,
  use: (session: ClientHttp2Session) => Promise<SystemError>,
): Promise<SystemError> {
  const server = createHttp2Server().on("session", (session) => {
    session.on("error", () => undefined);
    closers.push(() => {
      session.destroy();
    });
    onSession(session);
  });
  const session = connectHttp2(url(await listen(server)));
  closers.push(() => {
    session.destroy();
  });
  return await use(session);
}

/** The error of a request on a session that takes none any more: Node 20 throws it, later versions emit it. */
async function requestError(session: ClientHttp2Session): Promise<SystemError> {
  try {
    return await errorOf(session.request());
  } catch (error) {
    return error as SystemError;
  }
}

/** The error of a TLS connection to a server that shows these certificates. */
async function tlsError(
  shown: string,
  key: string,
  { ca, servername }: { ca?: string; servername?: string } = {},
): Promise<SystemError> {
  const server = createTlsServer({ cert: shown, key: tlsFile(key) });
  server.on("tlsClientError", () => undefined);
  const port = await listen(server);
  const socket = connectTls({
    host: "127.0.0.1",
    port,
    servername: servername ?? "localhost",
    ...(ca !== undefined && { ca }),
  });
  closers.push(() => socket.destroy());
  return await errorOf(socket);
}

/** The error of a TLS connection that is answered by this. */
async function handshakeError(answer: (socket: Socket) => void): Promise<SystemError> {
  const socket: TLSSocket = connectTls({ host: "127.0.0.1", port: await portOf(answer) });
  closers.push(() => socket.destroy());
  return await errorOf(socket);
}

/** The error of a TLS connection that the server ends by an alert. */
function alertError(alert: number): Promise<SystemError> {
  return handshakeError((socket) =>
    socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert]))),
  );
}

const server = () => tlsFile("server.pem");
const nothing = () => undefined;

const provocations: Readonly<Record<string, () => Promise<unknown>>> = {
  ECONNREFUSED: async () =>
    errorOf(
      connectTcp({ port: await findUnusedPort(), host: "127.0.0.1", autoSelectFamily: false }),
    ),
  ECONNRESET: async () =>
    errorOf(request(url(await portOf((socket) => socket.resetAndDestroy()))).end()),
  UND_ERR_SOCKET: async () => {
    const port = await portOf((socket) =>
      socket.once("data", () =>
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", () => socket.destroy()),
      ),
    );
    return thrownBy(async () => (await fetch(url(port))).text());
  },
  HPE_INVALID_CONSTANT: async () =>
    errorOf(request(url(await portOf((socket) => socket.write("SSH-2.0-x\r\n")))).end()),
  ERR_HTTP2_ERROR: async () => {
    const port = await portOf((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const session = connectHttp2(url(port));
    closers.push(() => {
      session.destroy();
    });
    return await errorOf(session);
  },
  ERR_HTTP2_GOAWAY_SESSION: () =>
    http2Error(
      (session) => {
        session.goaway();
      },
      async (session) => {
        // A stream that is open keeps the session.
        const first = session.request().on("error", nothing);
        await once(session, "goaway");
        try {
          return await requestError(session);
        } finally {
          first.destroy();
        }
      },
    ),
  ERR_HTTP2_INVALID_SESSION: () =>
    http2Error(nothing, async (session) => {
      await once(session, "connect");
      session.destroy();
      return await requestError(session);
    }),
  ERR_HTTP2_SESSION_ERROR: () =>
    http2Error(
      (session) => {
        session.goaway(2);
      },
      (session) => errorOf(session),
    ),
  ERR_HTTP2_STREAM_CANCEL: () =>
    http2Error(nothing, async (session) => {
      const ended = errorOf(session.request());
      session.destroy();
      return await ended;
    }),
  ERR_SSL_WRONG_VERSION_NUMBER: () =>
    handshakeError((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
  ERR_TLS_CERT_ALTNAME_INVALID: () =>
    tlsError(server(), "server.key", { ca: tlsFile("ca.pem"), servername: "flyte.elsewhere" }),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => tlsError(server(), "server.key"),
  SELF_SIGNED_CERT_IN_CHAIN: () => tlsError(server() + tlsFile("ca.pem"), "server.key"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => tlsError(tlsFile("chain.pem"), "chain.key"),
  DEPTH_ZERO_SELF_SIGNED_CERT: () => tlsError(tlsFile("self-signed.pem"), "self-signed.key"),
  CERT_HAS_EXPIRED: () =>
    tlsError(tlsFile("expired.pem"), "expired.key", { ca: tlsFile("expired.pem") }),
};

/** These need a network that fails in a certain way, a wait of ten seconds, or a certain moment. */
const unprovoked = [
  "ECONNABORTED",
  "EPIPE",
  "EPROTO",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
];

describe("a code of a broken connection", () => {
  it.each(Object.entries(provocations))("is %s as Node reports it", async (code, provoke) => {
    const error = await provoke();
    expect(networkFaultOf(error)?.code).toBe(code);
    const words = otherProtocols[code];
    if (words !== undefined) expect(networkFaultOf(error)?.message).toBe(words);
    const isOfTls = certificateCodes.test(code);
    expect(isCertificateFault(error)).toBe(isOfTls);
    if (isOfTls) expect(`${code} ${(error as Error).message}`).toMatch(certificateTexts);
  });

  it("is provoked, or named here as one that no test can provoke", () => {
    const provoked = Object.keys(provocations).filter((code) => !certificateCodes.test(code));
    expect([...provoked, ...unprovoked].sort()).toEqual([...connectionCodes].sort());
    for (const code of Object.keys(otherProtocols)) expect(provocations).toHaveProperty(code);
  });

  it("is one of the operating system's where it begins with E and has no other source", () => {
    const ofSystem = new Set([...getSystemErrorMap().values()].map(([name]) => name));
    // Node's own name for a host that the resolver does not know.
    ofSystem.add("ENOTFOUND");
    const system = unprovoked.filter((code) => !code.startsWith("UND_"));
    expect(system.filter((code) => !ofSystem.has(code))).toEqual([]);
  });

  it("says that a host is not known", async () => {
    const error = await errorOf(connectTcp({ port: 1, host: "no-such-host.invalid" }));
    expect(error.code).toMatch(unknownHost);
    expect(error.message).toMatch(unknownHost);
  });
});

it("a fetch without an answer is known by Node's text", async () => {
  const port = await findUnusedPort();
  const error = await thrownBy(() => fetch(url(port)));
  expect(error).toMatchObject({ name: "TypeError", message: "fetch failed" });
  expect((error as Error).message).toMatch(failedFetch);
});

it("a header that fetch refuses is quoted between the recognized words", () => {
  const value = "s3cr3t-V4lue\nmore";
  let text = "";
  try {
    new Headers([["authorization", value]]);
  } catch (error) {
    text = (error as Error).message;
  }
  const [before = "", after] = text.split(value);
  expect(before).toMatch(refusedHeader.begins);
  expect(after).toContain(refusedHeader.ends);
  expect(redactText(text)).not.toContain("s3cr3t");
});

describe("the explanation of a TLS failure", () => {
  const alerts: readonly (readonly [string, number, string])[] = [
    ["a missing certificate, with TLS 1.3", 116, "demands a certificate"],
    ["a handshake that the server ends", 40, "ended the TLS handshake"],
    ["a certificate of an unknown authority", 48, "does not accept the client's"],
    ["a bad certificate", 42, "does not accept the client's"],
    ["a certificate of an unsupported kind", 43, "does not accept the client's"],
    ["a revoked certificate", 44, "does not accept the client's"],
    ["an expired certificate", 45, "does not accept the client's"],
    ["a certificate that is refused for no given reason", 46, "does not accept the client's"],
  ];
  const failures: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ...alerts.map(
      ([title, alert, words]) => [`the alert of ${title}`, () => alertError(alert), words] as const,
    ),
    ["what is not TLS", provocations["ERR_SSL_WRONG_VERSION_NUMBER"]!, "is not TLS"],
    ["another name", provocations["ERR_TLS_CERT_ALTNAME_INVALID"]!, "servername"],
    ["a lonely leaf", provocations["UNABLE_TO_VERIFY_LEAF_SIGNATURE"]!, "tls: { ca }"],
    ["an unknown issuer", provocations["UNABLE_TO_GET_ISSUER_CERT_LOCALLY"]!, "tls: { ca }"],
    ["an unknown root", provocations["SELF_SIGNED_CERT_IN_CHAIN"]!, "tls: { ca }"],
    ["a certificate of its own", provocations["DEPTH_ZERO_SELF_SIGNED_CERT"]!, "tls: { ca }"],
    ["an expired certificate", provocations["CERT_HAS_EXPIRED"]!, "Renew"],
    [
      "a certificate of the future",
      () =>
        tlsError(tlsFile("not-yet-valid.pem"), "not-yet-valid.key", {
          ca: tlsFile("not-yet-valid.pem"),
        }),
      "Renew",
    ],
    ["a closed handshake", () => handshakeError((socket) => socket.end()), "during the TLS"],
  ];

  const explain = async (provoke: () => Promise<unknown>) => {
    const error = (await provoke()) as SystemError;
    return tlsExplanations.find(({ sign }) => sign.test(`${error.code} ${error.message}`));
  };

  it.each(failures)("is found for %s", async (_, provoke, words) => {
    const { words: plain = "", remedy = "" } = (await explain(provoke)) ?? {};
    expect(`${plain}. ${remedy}`).toContain(words);
  });

  it("leaves none over that nothing provokes", async () => {
    const found = new Set(await Promise.all(failures.map(([, provoke]) => explain(provoke))));
    expect(tlsExplanations.filter((each) => !found.has(each))).toEqual([]);
  });

  it("is of a certificate wherever Node's code is", async () => {
    const error = (await failures.at(-2)?.[1]()) as SystemError;
    expect(error.code).toBe("CERT_NOT_YET_VALID");
    expect(error.code).toMatch(certificateCodes);
  });
});
