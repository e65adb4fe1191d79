import type { LaunchPlan } from "../../gen/flyteidl/admin/launch_plan_pb.js";
import type { Parameter, Variable } from "../../gen/flyteidl/core/interface_pb.js";
import type { Literal } from "../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { formatLiteral, LiteralError, literalsToJson } from "../values/literals/index.js";
import { literalTypeText } from "./literal-type.js";
import type { GeneratedNames } from "./names.js";
import { comment, indent, propertyName, stringLiteral, sortedEntries, sortedJson } from "./text.js";

/** A launch plan to write the types of. */
export interface PlanToWrite {
  readonly name: string;
  /** The version to launch; `undefined` where launches take the active one. */
  readonly version: string | undefined;
  readonly isActive: boolean;
  readonly description: string;
  readonly plan: LaunchPlan;
}

/** Returns the interface of a launch plan and the constant to launch it with. */
export function launchPlanText(
  { name, version, isActive, description, plan }: PlanToWrite,
  { type, constant }: GeneratedNames,
): string {
  const inputs = plan.closure?.expectedInputs?.parameters ?? {};
  const outputs = plan.closure?.expectedOutputs?.variables ?? {};
  const named = version === undefined ? name : `${name}, version ${version}`;
  const inactive =
    version === undefined && !isActive
      ? "No version is active: a launch needs a version, or an active one."
      : undefined;
  return `${comment([`Inputs and outputs of the launch plan ${named}.`, description, inactive])}export interface ${type} {
  readonly inputs: ${indent(block(sortedEntries(inputs).map(([key, value]) => inputText(key, value))))};
  readonly outputs: ${indent(block(sortedEntries(outputs).map(([key, value]) => outputText(key, value))))};
}

${comment([`The launch plan ${named}.`])}export const ${constant}: flyte.TypedLaunchPlan<${type}> = {
  name: ${stringLiteral(name)},${version === undefined ? "" : `\n  version: ${stringLiteral(version)},`}
  outputs: ${indent(outputTypes(outputs))},
};
`;
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? "Record<never, never>" : `{\n  ${lines.map(indent).join("\n  ")}\n}`;
}

function inputText(name: string, { var: variable, behavior }: Parameter): string {
  const isRequired = behavior.case === "required" && behavior.value;
  const type = literalTypeText(variable?.type, "input");
  const value =
    behavior.case === "default" ? `@defaultValue \`${defaultText(behavior.value)}\`` : undefined;
  const text = comment([descriptionOf(name, variable), value]);
  return `${text}readonly ${propertyName(name)}${isRequired ? "" : "?"}: ${type}${isRequired ? "" : " | undefined"};`;
}

function outputText(name: string, variable: Variable): string {
  const text = comment([descriptionOf(name, variable)]);
  return `${text}readonly ${propertyName(name)}: ${literalTypeText(variable.type, "output")};`;
}

/** Returns the description of a variable, but for its name, by which SDKs describe one without a docstring. */
function descriptionOf(name: string, variable: Variable | undefined): string | undefined {
  return variable?.description === name ? undefined : variable?.description;
}

const maxDefaultCharacters = 200;

/** A default in a few words, with the members of its objects in order. */
function defaultText(literal: Literal): string {
  const text = jsonText(literal).replaceAll("`", "'");
  return text.length > maxDefaultCharacters ? `${text.slice(0, maxDefaultCharacters)}…` : text;
}

function jsonText(value: Literal): string {
  try {
    const { json = null } = literalsToJson({
      $typeName: "flyteidl.core.LiteralMap",
      literals: { json: value },
    });
    return quoteFree(JSON.stringify(sortedJson(json)));
  } catch (error) {
    if (error instanceof LiteralError) return formatLiteral(value);
    throw error;
  }
}

function quoteFree(text: string): string {
  return text.replace(/[\u007f-\u009f\u2028\u2029]/g, " ");
}

/** The types that outputs are checked against. */
function outputTypes(outputs: Readonly<Record<string, Variable>>): string {
  const types = sortedEntries(outputs).map(
    ([name, { type }]) => `${constantName(name)}: ${typeInput(type)},`,
  );
  return types.length === 0 ? "{}" : `{\n  ${types.join("\n  ")}\n}`;
}

/** A type as `typedInterface` takes it: a simple one by its name. */
function typeInput(type: LiteralType | undefined): string {
  const name = type?.type.case === "simple" ? SimpleType[type.type.value] : undefined;
  return name === undefined ? initText(type ?? {}) : stringLiteral(name.toLowerCase());
}

/** Of a type, what no check reads: schemas of dataclasses, annotations and tags. */
const leftOut: readonly string[] = ["$typeName", "metadata", "annotation", "structure"];

/** The text of a message as `create` takes it. */
function initText(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value);
  if (value instanceof Uint8Array) return `new Uint8Array([${value.join(", ")}])`;
  if (Array.isArray(value)) return `[${value.map(initText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = sortedEntries<unknown>({ ...value }).filter(
    ([name, inner]) => inner !== undefined && !isUnset(inner) && !leftOut.includes(name),
  );
  const texts = members.map(([name, inner]) => `${name}: ${initText(inner)}`);
  return texts.length === 0 ? "{}" : `{ ${texts.join(", ")} }`;
}

/** Whether a value is a oneof that holds nothing. */
function isUnset(value: unknown): boolean {
  return typeof value === "object" && value !== null && "case" in value && value.case === undefined;
}

/** In an object, `"__proto__": value` would set the prototype. */
function constantName(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyName(name);
}
