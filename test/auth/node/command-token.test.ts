import { describe, expect, it } from "@jest/globals";

import { commandToken } from "../../../src/node.js";
import { setUp } from "../flyte.js";

/** The text of the error of a sign-in by a program of JavaScript. */
async function failureOf(program: string, timeoutMs?: number): Promise<string> {
  const flow = commandToken([process.execPath, "-e", program], { timeoutMs });
  const { auth } = setUp({ flow });
  return String(await auth.ensureSignedIn().catch((thrown: unknown) => thrown));
}

describe("a command for a token", () => {
  it("that does not end is killed after its time limit", async () => {
    const failure = await failureOf("setInterval(() => undefined, 1_000)", 200);
    expect(failure).toContain("did not end within 200 ms");
  });

  it("that writes more than 128 KiB is not read further", async () => {
    expect(await failureOf("console.log('x'.repeat(200_000))")).toContain(
      "wrote more than 131072 bytes",
    );
  });

  it("that writes no token is refused", async () => {
    expect(await failureOf("console.log('two words')")).toContain("something that is not a token");
  });
});
