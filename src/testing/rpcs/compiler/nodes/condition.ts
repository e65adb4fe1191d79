import { create } from "@bufbuild/protobuf";

import type {
  BooleanExpression,
  ComparisonExpression,
  Operand,
} from "../../../../../gen/flyteidl/core/condition_pb.js";
import { ScalarSchema } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { LiteralType } from "../../../../../gen/flyteidl/core/types_pb.js";
import { scalarType } from "../../types/index.js";
import {
  branchWithoutCondition,
  type CompileErrors,
  mismatchingTypes,
  typeText,
  valueRequired,
  variableNotFound,
} from "../errors/index.js";
import type { CompilerNode } from "../workflow-builder.js";

/** Checks the condition of a branch: comparisons of constants and inputs of the branch node. */
export function checkCondition(
  node: CompilerNode,
  condition: BooleanExpression | undefined,
  errors: CompileErrors,
): void {
  const { id } = node.message;
  if (condition === undefined) {
    errors.collect(branchWithoutCondition(id));
    return;
  }
  const { expr } = condition;
  switch (expr.case) {
    case "comparison":
      checkComparison(node, expr.value, errors);
      return;
    case "conjunction":
      checkCondition(node, expr.value.leftExpression, errors);
      checkCondition(node, expr.value.rightExpression, errors);
      return;
    case undefined:
      errors.collect(valueRequired(id, "Expr"));
  }
}

function checkComparison(
  node: CompilerNode,
  { leftValue, rightValue }: ComparisonExpression,
  errors: CompileErrors,
): void {
  const right = operandType(node, "RightValue", rightValue, errors);
  const left = operandType(node, "LeftValue", leftValue, errors);
  if (right === undefined || left === undefined) return;
  if (typeText(right) !== typeText(left)) {
    errors.collect(mismatchingTypes(node.message.id, "RightValue", right, left));
  }
}

function operandType(
  node: CompilerNode,
  name: string,
  operand: Operand | undefined,
  errors: CompileErrors,
): LiteralType | undefined {
  const { id } = node.message;
  if (operand === undefined) {
    errors.collect(valueRequired(id, name));
    return undefined;
  }
  const { val } = operand;
  if (val.case === "primitive") {
    return scalarType(create(ScalarSchema, { value: val }));
  }
  // The compiler of this version does not know constants in their new form.
  if (val.case !== "var" || val.value === "") {
    errors.collect(valueRequired(id, `${name}.Val`));
    return undefined;
  }
  return variableType(node, val.value, errors);
}

function variableType(
  { message, signature }: CompilerNode,
  variable: string,
  errors: CompileErrors,
): LiteralType | undefined {
  if (signature === undefined) {
    errors.collect(valueRequired(message.id, variable));
    return undefined;
  }
  if (signature.inputs.has(variable)) return signature.inputs.get(variable);
  if (!message.inputs.some((binding) => binding.var === variable)) {
    errors.collect(variableNotFound(message.id, variable));
  }
  return undefined;
}
