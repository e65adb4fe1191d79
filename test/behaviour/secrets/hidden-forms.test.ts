import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { AdminClient, FlyteError } from "../../../src/index.js";
import { everyOutput } from "../../support/every-output.js";

const token = "opaque-6bd1f0a9c3.e77d-90ab12cd34ef5678";

function page(body: string, status: number, headers: Record<string, string> = {}) {
  return () =>
    Promise.resolve(
      new Response(body, { status, headers: { "content-type": "text/html", ...headers } }),
    );
}

/** Everything that can be printed of a call whose answer is this. */
async function outputOf(fetch: typeof globalThis.fetch, headers: HeadersInit): Promise<string> {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const admin = new AdminClient({
    baseUrl: "http://flyte.test",
    fetch,
    headers,
    retry: false,
    logger: { debug: write, info: write, warn: write, error: write },
  });
  const error: unknown = await admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FlyteError);
  return everyOutput(error) + lines.join("\n");
}

/** Every part of a secret that is long enough to give it away. */
function partsOf(secret: string, length = 8): readonly string[] {
  return Array.from({ length: secret.length - length + 1 }, (_, at) =>
    secret.slice(at, at + length),
  );
}

describe("a credential that a server repeats", () => {
  it("is not shown in part, wherever an excerpt of the answer is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 320 }),
        fc.constantFrom(200, 403, 502),
        fc.constantFrom("authorization", "x-tenant"),
        async (before, status, name) => {
          const body = `${"y".repeat(before)} ${token} ${"z".repeat(400)}`;
          const output = await outputOf(page(body, status), { [name]: token });
          for (const part of partsOf(token)) expect(output).not.toContain(part);
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([
    [200, 77],
    [403, 297],
  ])("is removed from an answer of %i before its excerpt is cut", async (status, end) => {
    for (let before = end - 5; before < end; before += 1) {
      const body = `${"y".repeat(before)} ${token} and more`;
      const output = await outputOf(page(body, status), { authorization: `Bearer ${token}` });
      expect(output).not.toContain(`y ${token.slice(0, 3)}`);
    }
  });

  it.each([4_096, 16_384, 32_768, 65_536, 262_144])(
    "is not shown in part at the end of the %i bytes that are read",
    async (length) => {
      // White space and other secrets before it leave no trace, so that the cut part could be shown.
      for (const filler of [" ", token]) {
        for (const shown of [8, 20, token.length - 1]) {
          const before = filler.repeat((length - shown) / filler.length);
          const body = `${before.padStart(length - shown)}${token} and more`;
          for (const name of ["authorization", "x-tenant"]) {
            const output = await outputOf(page(body, 502), { [name]: token });
            for (const part of partsOf(token)) expect(output).not.toContain(part);
          }
        }
      }
    },
  );

  it.each(["authorization", "x-tenant"])(
    "is not shown in part where the type of an answer, or the target of a redirect, is cut: sent as %s",
    async (name) => {
      for (let shown = 8; shown < token.length; shown += 5) {
        const type = "text/html; b=".padEnd(100 - shown, "y");
        const path = "/".padEnd(60 - shown, "y");
        for (const [status, headers] of [
          [200, { "content-type": `${type}${token}-and-more` }],
          [403, { "content-type": `${type}${token}-and-more` }],
          [307, { location: `${path}${token}/and/more` }],
        ] as const) {
          const output = await outputOf(page("words", status, headers), { [name]: token });
          for (const part of partsOf(token)) expect(output).not.toContain(part);
        }
      }
    },
  );

  it("is not shown in part where the server has cut its own text", async () => {
    const said = JSON.stringify({ code: 3, message: `unknown tenant ${token.slice(0, -3)}` });
    const fetch = page(said, 400, { "content-type": "application/json" });
    const output = await outputOf(fetch, { "x-tenant": token });
    expect(output).toContain("unknown tenant");
    for (const part of partsOf(token)) expect(output).not.toContain(part);
  });

  const bytes = [...new TextEncoder().encode(token)];
  const hex = (byte: number) => byte.toString(16).padStart(2, "0");
  it.each([
    ["percent-encoded as a whole", bytes.map((byte) => `%${hex(byte)}`).join("")],
    ["percent-encoded twice", bytes.map((byte) => `%25${hex(byte)}`).join("")],
    ["with escapes of JSON", bytes.map((byte) => `\\u00${hex(byte)}`).join("")],
    ["with decimal entities of HTML", bytes.map((byte) => `&#${byte};`).join("")],
    ["in capitals", token.toUpperCase()],
    ["in hexadecimal digits", bytes.map(hex).join("")],
    ["in base64", btoa(token)],
    ["in base64, behind other bytes", btoa(`a${token}`)],
    ["without its first letters", token.slice(5)],
    ["without its last letters", token.slice(0, -7)],
  ])("is not shown %s", async (_, echoed) => {
    for (const status of [200, 403, 500]) {
      const output = await outputOf(page(`it was ${echoed} here`, status), {
        authorization: `Bearer ${token}`,
      });
      expect(output).toContain("it was");
      for (const part of partsOf(echoed, 16)) expect(output).not.toContain(part);
    }
  });

  it.each(["x-auth-key", "x-api-key", "x-session", "x-tenant", "flyte-authorization", "apikey"])(
    "is not shown when it was sent as %s",
    async (name) => {
      const output = await outputOf(page(`unknown: ${token}`, 403), { [name]: token });
      expect(output).toContain("unknown");
      expect(output).not.toContain(token);
    },
  );

  it("is not shown when it is a short password that was sent with its user", async () => {
    const password = "s3cr3t!";
    const fetch = page(`wrong password ${password} of the user`, 403);
    const output = await outputOf(fetch, { authorization: `Basic ${btoa(`user:${password}`)}` });
    expect(output).toContain("wrong password");
    expect(output).not.toContain(password);
  });

  it("is not shown when it comes back as the id of the request", async () => {
    const fetch = page(JSON.stringify({ code: 5, message: "gone" }), 404, {
      "content-type": "application/json",
      "x-request-id": token,
    });
    const output = await outputOf(fetch, { authorization: `Bearer ${token}` });
    expect(output).toContain("gone");
    expect(output).not.toContain(token);
  });
});

describe("a header that is no credential", () => {
  it("leaves everyday words in errors", async () => {
    const output = await outputOf(page("no project in domain development", 404), {
      "x-stage": "development",
    });
    expect(output).toContain("domain development");
  });
});

describe("a text of a server", () => {
  it("shows control characters as escapes, so that a terminal does not obey them", async () => {
    const output = await outputOf(page("\u001b[2Jcleared \u202egnp.exe \u009b31m", 403), {});
    expect(output).toContain("cleared");
    // eslint-disable-next-line no-control-regex
    expect(output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it.each([
    "a-",
    "a.",
    "<<",
    "<a>",
    "<!---->",
    "<script></script>",
    "<script>",
    "<!--",
    "<style",
    "eyJaaaa-",
    "Headers.a: ",
    "cookie ",
    "authorization: ",
    "bearer ",
    "://",
    "a://b@",
    "token=",
    "=",
    "%41",
    "&#65;",
    "\u001b",
  ])("of %j again and again is redacted in linear time", async (piece) => {
    const outputs = (length: number) => async () => {
      const text = piece.repeat(length / JSON.stringify(piece).slice(1, -1).length);
      const body = JSON.stringify({ code: 5, message: text });
      const headers = { "content-type": "application/json" };
      const sent = { authorization: `Bearer ${token}` };
      expect(await outputOf(page(body, 404, headers), sent)).toMatch(/NOT_FOUND/);
      expect(await outputOf(page(text, 403), sent)).toMatch(/PERMISSION_DENIED/);
    };
    const short = await cpuMs(outputs(8_000));
    const long = await cpuMs(outputs(64_000));
    // Linear time takes 8 times as much and quadratic time 64 times, of this process's own time on the processor.
    expect(long).toBeLessThan(24 * short + 100);
  });
});

/** The least processor time that some work takes in three runs, in milliseconds. What other processes do does not count. */
async function cpuMs(work: () => Promise<void>): Promise<number> {
  // Without it the first run would be that of code that is not compiled yet.
  await work();
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}
