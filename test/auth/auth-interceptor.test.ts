import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { UnauthenticatedError } from "../../src/errors/index.js";
import {
  type CallAuth,
  type CallCredentials,
  type SharedCallOptions,
  withInterceptors,
} from "../../src/calls/index.js";
import { unaryTransport } from "../support/unary-transport.js";

const getVersion = AdminService.method.getVersion;

/** A transport that takes one value of `authorization`, and what it was sent. */
function guarded(good: string): { readonly transport: Transport; readonly sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    transport: unaryTransport(({ header }) => {
      const value = header.get("authorization") ?? "";
      sent.push(value);
      if (value !== good) throw new ConnectError("no", Code.Unauthenticated);
    }),
  };
}

/** Hands out the given values, one after each refusal. */
function authOf(...values: readonly string[]): CallAuth {
  const credentials = (at: number): CallCredentials | undefined => {
    const value = values[at];
    if (value === undefined) return undefined;
    return {
      headers: [["authorization", value]],
      refused: (_, isLast) => Promise.resolve(isLast ? undefined : credentials(at + 1)),
    };
  };
  return { credentialsFor: () => Promise.resolve(credentials(0)) };
}

function call(transport: Transport, settings: SharedCallOptions, headers?: HeadersInit) {
  return withInterceptors(transport, settings).unary(getVersion, undefined, undefined, headers, {});
}

describe("signing of calls", () => {
  it("sends what the auth setting returns", async () => {
    const { transport, sent } = guarded("good");
    await call(transport, { auth: authOf("good") });
    expect(sent).toEqual(["good"]);
  });

  it("tries a refused call once more with other credentials", async () => {
    const { transport, sent } = guarded("good");
    await call(transport, { auth: authOf("old", "good") });
    expect(sent).toEqual(["old", "good"]);
  });

  it("takes a second refusal for final, and counts both attempts", async () => {
    const { transport, sent } = guarded("good");
    const error: unknown = await call(transport, { auth: authOf("a", "b", "c") }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ attempts: 2, rpc: "GetVersion" });
    expect(sent).toEqual(["a", "b"]);
  });

  it("does not try again when there are no other credentials", async () => {
    const { transport, sent } = guarded("good");
    await expect(call(transport, { auth: authOf("a") })).rejects.toMatchObject({ attempts: 1 });
    expect(sent).toEqual(["a"]);
  });

  it("leaves a call with an authorization of its own alone", async () => {
    const { transport, sent } = guarded("own");
    await call(transport, { auth: authOf("other") }, { authorization: "own" });
    expect(sent).toEqual(["own"]);
  });
});
