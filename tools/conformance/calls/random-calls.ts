import { SeededRandom } from "../random.js";
import type { PlannedCall } from "./planned-call.js";
import { randomGet, randomList } from "./read-calls.js";
import { randomRegistration } from "./registry-calls.js";
import { randomRun } from "./run-calls.js";
import { randomSetting } from "./settings-calls.js";
import type { Scope } from "./world.js";

/** Calls that a seed fixes: writes, right and wrong, among reads of what they left. */
export function* randomCalls(scope: Scope, seed: number, count: number): Generator<PlannedCall> {
  const random = new SeededRandom(seed);
  for (let step = 0; step < count; step++) yield randomCall(random, scope, step);
}

function randomCall(random: SeededRandom, scope: Scope, step: number): PlannedCall {
  const kind = random.next();
  if (kind < 0.12) return randomRegistration(random, scope);
  if (kind < 0.47) return randomRun(random, scope, step);
  if (kind < 0.57) return randomSetting(random, scope);
  return kind < 0.8 ? randomList(random, scope) : randomGet(random, scope);
}
