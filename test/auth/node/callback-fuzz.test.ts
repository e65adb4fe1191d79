import { connect, type Socket } from "node:net";

import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { loopbackAuthorizer } from "../../../src/node.js";
import { fuzz } from "../../support/fuzz.js";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A sign-in that waits for its browser, and its port. */
async function waitingSignIn() {
  const visit = await loopbackAuthorizer({
    show: () => undefined,
    openBrowser: () => Promise.resolve(true),
  }).prepare("http://127.0.0.1:0/callback", new AbortController().signal);
  closers.push(() => {
    visit.close();
  });
  const back = visit.visit("https://idp.test/authorize", "good-state");
  // Tests that do not end the sign-in close it.
  back.catch(() => undefined);
  return { visit, back, port: Number(new URL(visit.redirectUri).port) };
}

/** Sends bytes and hangs up, and returns what came back until the connection closed. */
function exchange(port: number, bytes: Uint8Array | string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (data) => (answer += data.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(answer);
    });
  });
}

/** Waits until a connection is closed. */
function ended(socket: Socket): Promise<unknown> {
  return socket.closed
    ? Promise.resolve()
    : new Promise((resolve) => void socket.once("close", resolve).resume());
}

const target = fc.oneof(
  fc.constantFrom("//", "//[", "http://[", "*", "/callback", "/callback?", "", "?", "/%", "\\\\"),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .array(fc.constantFrom("/", "[", "]", ":", "@", "?", "#", "%", "&", "=", "state", "callback"))
    .map((parts) => parts.join("")),
  fc.string({ maxLength: 40 }).map((query) => `/callback?${query}`),
);
const request = fc
  .tuple(
    fc.constantFrom("GET", "POST", "HEAD", "CONNECT", "OPTIONS", "get", "PRI", ""),
    target,
    fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", ""),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          "Host: localhost",
          "Content-Length: -1",
          "Content-Length: 99",
          "Transfer-Encoding: chunked",
          "Expect: 100-continue",
          "Expect: anything",
          "Connection: Upgrade\r\nUpgrade: websocket",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c",
        ),
        fc.string({ maxLength: 30 }),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([method, at, version, headers]) =>
    Buffer.from([`${method} ${at} ${version}`, ...headers, "", "body"].join("\r\n"), "utf8"),
  );

describe("the callback port", () => {
  it("answers or closes whatever bytes come, and still takes the answer to its sign-in", async () => {
    const { back, port, visit } = await waitingSignIn();
    await fc.assert(
      fc.asyncProperty(fc.oneof(request, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        await exchange(port, bytes);
      }),
      {
        ...fuzz(400),
        examples: ["//", "//[", "http://["].map((at): [Buffer<ArrayBuffer>] => [
          Buffer.from(`GET ${at} HTTP/1.1\r\nHost: x\r\n\r\n`),
        ]),
      },
    );
    const page = await exchange(
      port,
      "GET /callback?code=c&state=good-state HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    expect(page).toContain("200 OK");
    expect(await back).toBe(`${visit.redirectUri}?code=c&state=good-state`);
  });

  it.each([
    ["200 OK", "a parameter that is no text", "/callback?code=c&state=good-state&x=%ZZ"],
    ["400 Bad Request", "another state", "/callback?code=c&state=other"],
    ["404 Not Found", "another path", "//callback?code=c&state=good-state"],
    ["414 URI Too Long", "40 kB", `/callback?code=${"c".repeat(40_000)}&state=good-state`],
  ] as const)("answers %s to an address with %s", async (status, _, at) => {
    const { port } = await waitingSignIn();
    expect(await exchange(port, `GET ${at} HTTP/1.1\r\nHost: x\r\n\r\n`)).toContain(status);
  });

  it("informs a person of a missing code, and never that they are signed in", async () => {
    const { port, back } = await waitingSignIn();
    const page = await exchange(
      port,
      "GET /callback?code=&state=good-state HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    expect(page).toContain("the issuer sent no code");
    expect(page).not.toContain("You are signed in");
    expect(await back).toContain("code=");
  });

  it("ends every connection with the sign-in, also one that never asked anything", async () => {
    const { port, visit, back } = await waitingSignIn();
    const idle = connect(port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    idle.on("error", () => undefined);
    // Seen by the server when a later connection has been answered.
    await exchange(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    visit.close();
    await closed;
    await expect(back).rejects.toThrow("before the browser came back");
  });

  it("answers the browser while others hold two hundred connections that never finish a request", async () => {
    const { port, visit, back } = await waitingSignIn();
    const others = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(index % 2 === 0 ? "GET /callback?code=" : "GET / HTTP/1.1\r\nHost: x\r\nx: "),
      );
      socket.on("error", () => undefined);
      return new Promise<Socket>((resolve) =>
        socket.once("connect", () => {
          resolve(socket);
        }),
      );
    });
    const sockets = await Promise.all(others);
    const closed = sockets.map((socket) => ended(socket));
    // So many that they could use up this process's files: the oldest are closed.
    await Promise.all(closed.slice(0, 100));
    const page = await exchange(
      port,
      "GET /callback?code=c&state=good-state HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    expect(page).toContain("200 OK");
    expect(await back).toContain("code=c");
    visit.close();
    await Promise.all(closed);
  });

  it("takes a redirect URI that is no address for one that cannot be used", async () => {
    const { signal } = new AbortController();
    await expect(loopbackAuthorizer().prepare("not an address", signal)).rejects.toMatchObject({
      name: "SignInError",
      reason: "unsupported",
    });
  });
});
