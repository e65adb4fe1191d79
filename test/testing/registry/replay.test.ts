import { describe, expect, test } from "@jest/globals";
import { toJson } from "@bufbuild/protobuf";

import type { FlyteState } from "../../../src/testing/store/index.js";
import { answerOf, type ComparableAnswer, recordedAnswer } from "../../support/answers.js";
import { recordedNow, recordedReads, seedCalls } from "../../support/recordings.js";
import { emptyState } from "../../support/server-state.js";
import { registryCall } from "./calls.js";
import type { DescMethod } from "@bufbuild/protobuf";

function seededState(): FlyteState {
  const state = emptyState({ now: () => recordedNow });
  for (const { method, request } of seedCalls()) registryCall(state, method)?.(request);
  return state;
}

function printable(method: DescMethod, answer: ComparableAnswer): unknown {
  return "message" in answer ? toJson(method.output, answer.message) : answer;
}

describe("after the recorded writes, the registry answers as the recorded server did", () => {
  const state = seededState();
  const reads = recordedReads().filter(({ method }) => registryCall(state, method) !== undefined);

  test("the recordings hold calls of it", () => {
    expect(reads.length).toBeGreaterThan(40);
  });

  test.each(reads.map((read) => [read.name, read] as const))(
    "%s",
    async (_, { method, request, answer }) => {
      const actual = await answerOf(method, () => registryCall(state, method)?.(request));
      expect(printable(method, actual)).toEqual(printable(method, recordedAnswer(method, answer)));
    },
  );
});
