import { readFileSync } from "node:fs";

import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { isTransient } from "../../../src/calls/call-class.js";
import { ConnectionError, toFlyteError } from "../../../src/errors/index.js";
import {
  endedContext,
  failedDatabaseOperation,
  missingScope,
  noActiveLaunchPlan,
  saysTooLarge,
  unknownPath,
  unknownSignInService,
  unusableRequest,
} from "../../../src/errors/recognized-texts.js";
import { recordedReads } from "../../support/recordings.js";

/** The texts of the recorded server's errors, each once. */
const recorded = [
  ...new Set(recordedReads().flatMap(({ answer }) => (answer.ok ? [] : [answer.text]))),
];

/** The server's error as it comes over gRPC. */
function answered(code: Code, text: string) {
  return toFlyteError(new ConnectError(text, code, { "content-type": "application/grpc" }));
}

describe("browsers' texts for a fetch without an answer, as recorded,", () => {
  it.each([
    ["Chromium", "Failed to fetch"],
    ["Chromium, within a body", "network error"],
    ["Firefox", "NetworkError when attempting to fetch resource."],
    ["Safari", "Load failed"],
    ["Safari, which lost the connection", "The network connection was lost."],
  ])("are a failure of the connection in %s", (_, text) => {
    expect(toFlyteError(new TypeError(text))).toBeInstanceOf(ConnectionError);
  });

  it("are no pattern for other mistakes of that class", () => {
    const error = toFlyteError(new TypeError("undefined is not a function"));
    expect(error.code).toBe("UNKNOWN");
  });
});

describe("the recorded server", () => {
  it("begins its errors of the database, and of plans without a version, as is recognized", () => {
    expect(recorded.some((text) => text.startsWith(failedDatabaseOperation))).toBe(true);
    expect(recorded.some((text) => text.startsWith(noActiveLaunchPlan))).toBe(true);
  });

  it("says in recognized words that it runs without sign-in", () => {
    const texts = recorded.filter((text) => text.includes("unknown service"));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(unknownSignInService);
  });

  it("says in recognized words that a token lacks a scope", () => {
    const exchanges = readFileSync(new URL("../../recordings/auth.jsonl", import.meta.url), "utf8");
    expect(exchanges).toContain(missingScope);
  });

  it("has its database refuse filters in words for which no read is repeated", () => {
    const refused = recorded.filter((text) => text.startsWith(failedDatabaseOperation));
    for (const text of refused) {
      expect(text).toMatch(unusableRequest);
      expect(isTransient(answered(Code.Unknown, text), "read")).toBe(false);
    }
  });
});

describe("servers' texts, as recorded,", () => {
  it.each([
    'ERROR: invalid input syntax for type bigint: "1.5" (SQLSTATE 22P02)',
    "ERROR: operator does not exist: bigint ~~ unknown (SQLSTATE 42883)",
    'ERROR: column "tasks.id" must appear in the GROUP BY clause or be used in an aggregate function',
    'ERROR: column "nope" does not exist (SQLSTATE 42703)',
    'ERROR: value "9223372036854775808" is out of range for type bigint (SQLSTATE 22003)',
    'ERROR: invalid byte sequence for encoding "UTF8": 0x00 (SQLSTATE 22021)',
    "ERROR: value too long for type character varying(255) (SQLSTATE 22001)",
    'ERROR: syntax error at or near ")" (SQLSTATE 42601)',
    "grpc: error while marshaling: string field contains invalid UTF-8",
    "stream terminated by RST_STREAM with error code: INTERNAL_ERROR",
  ])("blame the request: %s", (text) => {
    expect(text).toMatch(unusableRequest);
    expect(isTransient(answered(Code.Unknown, text), "read")).toBe(false);
    expect(isTransient(answered(Code.Internal, text), "read")).toBe(false);
  });

  it.each([
    "failed to connect to the database: connection refused",
    "ERROR: too many clients already (SQLSTATE 53300)",
  ])("blame the server's state: %s", (text) => {
    expect(isTransient(answered(Code.Unknown, text), "read")).toBe(true);
  });

  it.each([
    "grpc: received message larger than max (5700363 vs. 4194304)",
    "grpc: trying to send message larger than max (5700363 vs. 4194304)",
    "Output data size exceeds platform configured threshold (2200028 > 2097152)",
    "Event message is too large to be stored",
  ])("are about a size: %s", (text) => {
    expect(saysTooLarge(text)).toBe(true);
    expect(isTransient(answered(Code.ResourceExhausted, text), "read")).toBe(false);
  });

  it("are about a rate where they do not name a size", () => {
    expect(isTransient(answered(Code.ResourceExhausted, "rate limit exceeded"), "read")).toBe(true);
  });

  it.each([
    "context deadline exceeded",
    "context canceled",
    "ERROR: canceling statement due to user request (SQLSTATE 57014)",
    "upstream request timeout",
    "the request timed out",
    "stream terminated by RST_STREAM with error code: CANCEL",
  ])("say that the work was cut off: %s", (text) => {
    expect(text).toMatch(endedContext);
  });

  it("say for a path that the gateway does not know what the gateway says", () => {
    expect(answered(Code.NotFound, unknownPath).message).toContain("path that it does not know");
  });
});
