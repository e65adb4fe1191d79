import type { JsonObject, JsonValue, Message } from "@bufbuild/protobuf";

import type { PlannedCall } from "./calls/planned-call.js";
import { normalizedMessage, normalizedText, type RunFacts } from "./normalize.js";
import type { SentAnswer } from "./side.js";

/**
 * How two answers to one call compare. A tie is a difference that a server is free in, such as the
 * order of rows that share their sort key.
 */
export type Verdict = "equal" | "code" | "text" | "data" | "tie";

/** Two answers in the form that is compared. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly target: JsonValue;
  readonly inMemory: JsonValue;
}

/** Compares the answers of the server under test and of the in-memory one. */
export function compareAnswers(
  call: PlannedCall,
  target: SentAnswer,
  inMemory: SentAnswer,
  facts: RunFacts,
): Comparison {
  const comparable = (answer: SentAnswer): JsonObject =>
    answer.kind === "error"
      ? { code: answer.code, text: normalizedText(answer.text, facts) }
      : { message: normalizedMessage(call.method, answer.message, facts) };
  const [left, right] = [comparable(target), comparable(inMemory)];
  return { verdict: verdictOf(call, left, right), target: left, inMemory: right };
}

function verdictOf(call: PlannedCall, target: JsonObject, inMemory: JsonObject): Verdict {
  if (isSame(target, inMemory)) return "equal";
  if (isSettingOfServer(call)) return "tie";
  if (target["code"] !== inMemory["code"]) return "code";
  if (target["code"] !== undefined) {
    // A text that ends in white space may not reach a client of gRPC in Node at all.
    if (target["text"] === "") return "equal";
    return namesAnyInput(target["text"]) && namesAnyInput(inMemory["text"]) ? "tie" : "text";
  }
  const [left, right] = [target["message"] ?? null, inMemory["message"] ?? null];
  if (!call.method.name.startsWith("List") || isSortedByUnique(call.request)) return "data";
  // Without such a sort only a whole list can be compared, as a set.
  if (!isWhole(call.request, left) || !isWhole(call.request, right)) return "tie";
  return isSame(withRowsSorted(left), withRowsSorted(right)) ? "equal" : "data";
}

/** Returns whether a call asks for the server's own build and sign-in, which no two servers share. */
function isSettingOfServer({ method }: PlannedCall): boolean {
  return ["GetVersion", "GetOAuth2Metadata", "GetPublicClientConfig", "UserInfo"].includes(
    method.name,
  );
}

/** Of several inputs that are wrong, FlyteAdmin names the one that its map happens to give first. */
function namesAnyInput(text: JsonValue | undefined): boolean {
  return (
    typeof text === "string" &&
    /^(expected_inputs .* missing|invalid .* input wrong type|invalid input |Cannot create a launch plan with a schedule)/.test(
      text,
    )
  );
}

function isSortedByUnique(request: Message): boolean {
  const sortBy: unknown = Reflect.get(request, "sortBy");
  if (typeof sortBy !== "object" || sortBy === null) return false;
  const key: unknown = Reflect.get(sortBy, "key");
  return key === "id" || key === "identifier";
}

function isWhole(request: Message, message: JsonValue): boolean {
  const limit: unknown = Reflect.get(request, "limit");
  const token: unknown = Reflect.get(request, "token");
  const next = isObject(message) ? message["token"] : undefined;
  const full = typeof limit === "number" && limit > 0 && rowsOf(message).length >= limit;
  return (token === "" || token === undefined) && next === undefined && !full;
}

function rowsOf(message: JsonValue): readonly JsonValue[] {
  return isObject(message)
    ? (Object.values(message).find((value) => Array.isArray(value)) ?? [])
    : [];
}

function withRowsSorted(message: JsonValue): JsonValue {
  if (!isObject(message)) return message;
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((row) => JSON.stringify(row)).sort() : value,
    ]),
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Both are in normal form: their keys are sorted. */
function isSame(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
