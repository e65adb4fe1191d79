import { create } from "@bufbuild/protobuf";

import type { LaunchPlan } from "../../../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Parameter } from "../../../../../gen/flyteidl/core/interface_pb.js";
import {
  type Literal,
  type LiteralMap,
  LiteralMapSchema,
  LiteralSchema,
} from "../../../../../gen/flyteidl/core/literals_pb.js";
import { LiteralTypeSchema } from "../../../../../gen/flyteidl/core/types_pb.js";
import { invalidArgument } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { checkKnownType, isCastable, literalType } from "../../types/index.js";

/**
 * The inputs that an execution runs with: what its caller passed, the launch
 * plan's defaults for the rest, and the launch plan's fixed inputs.
 * @throws INVALID_ARGUMENT for an input that the launch plan does not know, one of another type, one that is missing, and one that is fixed
 */
export function executionInputs(
  given: LiteralMap | undefined,
  launchPlan: Pick<LaunchPlan, "spec" | "closure">,
): LiteralMap {
  const expected = launchPlan.closure?.expectedInputs?.parameters ?? {};
  const inputs = new Map(Object.entries(given?.literals ?? {}));
  for (const name of inputs.keys()) {
    if (!Object.hasOwn(expected, name)) throw invalidArgument(`invalid input ${name}`);
  }
  for (const [name, parameter] of Object.entries(expected)) {
    const literal = inputs.get(name);
    if (literal === undefined) inputs.set(name, defaultOf(name, parameter));
    else checkType(name, literal, parameter);
  }
  for (const [name, literal] of Object.entries(launchPlan.spec?.fixedInputs?.literals ?? {})) {
    if (inputs.has(name)) throw invalidArgument(`fixed_inputs ${name} cannot be overridden`);
    inputs.set(name, literal);
  }
  return create(LiteralMapSchema, { literals: Object.fromEntries(inputs) });
}

function defaultOf(name: string, { behavior }: Parameter): Literal {
  if (behavior.case === "required" && behavior.value) {
    throw invalidArgument(`expected_inputs ${name} missing`);
  }
  return behavior.case === "default" ? behavior.value : create(LiteralSchema);
}

function checkType(name: string, literal: Literal, parameter: Parameter): void {
  const given = literalType(literal);
  checkKnownType(name, given);
  const expected = parameter.var?.type;
  if (isCastable(given, expected)) return;
  const [expectedText, givenText] = [expected, given].map((type) =>
    messageText(LiteralTypeSchema, type),
  );
  throw invalidArgument(
    `invalid ${name} input wrong type. Expected ${expectedText}, but got ${givenText}`,
  );
}
